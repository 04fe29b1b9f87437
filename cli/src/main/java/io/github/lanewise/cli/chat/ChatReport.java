package io.github.lanewise.cli.chat;

import io.github.lanewise.cli.Output;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code lanewise chat} did.
 *
 * @param model the bot
 * @param training how it was trained, null if it was read from a file
 * @param evaluation how many answers are right, null if nobody asked for it
 * @param replies answers to {@code --say}
 */
record ChatReport(ModelPart model, @Nullable TrainingPart training, @Nullable EvaluationPart evaluation, List<Conversation.Reply> replies) {
    /** The bot; the file is null if it is not kept. */
    record ModelPart(@Nullable String file, boolean kept, String tokens, int vocabulary, int dimension, int hidden, long parameters) {}

    /** A training; losses in nats a token. Without a validation these are null. */
    record TrainingPart(int exchanges, int validated, int epochs, int bestEpoch, double loss, double perplexity, Double validationLoss,
                        Double validationPerplexity, double seconds, double tokensPerSecond, List<BotTrainer.Epoch> curve) {}

    /** Shares are 0 to 1. Without paraphrases theirs is null. */
    record EvaluationPart(Part questions, @Nullable Part paraphrases) {}

    /** A list of questions. */
    record Part(int questions, int right, double share, List<Evaluation.Wrong> wrong) {
        static Part of(Evaluation evaluation) {
            return new Part(evaluation.questions(), evaluation.right(), evaluation.share(), evaluation.wrong());
        }
    }

    /** Prints it for people: answers alone, when these were wanted. */
    void print(PrintWriter out) {
        if (training != null && replies.isEmpty()) {
            out.println(Output.format("trained on %d exchanges, validated with %d: %d epochs in %.1f s, %.0f tokens per second",
                    training.exchanges, training.validated, training.epochs, training.seconds, training.tokensPerSecond));
            out.println(Output.format("best epoch %d: loss %.4f, perplexity %.3f%s", training.bestEpoch, training.loss, training.perplexity,
                    training.validated == 0 ? "" : Output.format("; validation loss %.4f, perplexity %.3f",
                            training.validationLoss, training.validationPerplexity)));
        }
        if (evaluation != null) {
            print(out, "questions of the dialogue", evaluation.questions);
            if (evaluation.paraphrases != null) {
                print(out, "paraphrases not trained on", evaluation.paraphrases);
            }
        }
        replies.forEach(reply -> out.println(reply.answer()));
    }

    private static void print(PrintWriter out, String what, Part part) {
        out.println(Output.format("%s: %d of %d get a right answer, %.1f %%", what, part.right, part.questions, 100 * part.share));
        part.wrong.forEach(wrong -> out.println("  wrong: " + wrong.question() + " -> " + wrong.answer()));
    }

    /** What is said beside an answer, or an empty text. */
    static String remark(Conversation.Reply reply) {
        String readAs = reply.readAs().entrySet().stream().map(e -> e.getKey() + " read as " + e.getValue()).collect(Collectors.joining(", "));
        String unknown = reply.unknown().isEmpty() ? "" : "unknown: " + String.join(", ", reply.unknown());
        return readAs + (readAs.isEmpty() || unknown.isEmpty() ? "" : "; ") + unknown;
    }
}

package io.github.lanewise.cli.chat;

import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.Picture;
import io.github.lanewise.cli.Progress;
import io.github.lanewise.cli.UserError;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.EncoderDecoder;
import io.github.lanewise.rnn.Parameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise chat}: a chat-bot, trained on first use. */
@Command(
        name = "chat",
        description = "Talks with you: a chat-bot that is an encoder-decoder LSTM, trained on first use.",
        footer = {
            "",
            "Without --train the bot learns the dialogue that comes along (about Lanewise, numbers and itself) and is kept in",
            "lanewise/chat.safetensors in the folder of the environment variable XDG_CACHE_HOME, or else in .cache in your home",
            "folder; later starts read it from there. Options of training have no effect on a bot that is read.",
            "",
            "FILE.tsv is UTF-8 text: a line has a question, a tab and an answer. A third field is the question before, for a question",
            "that makes no sense alone. A question may have several answers.",
            "",
            "In the conversation /new forgets what was said, /quit or the end of the input ends it."
        },
        mixinStandardHelpOptions = true)
public final class ChatCommand implements Callable<Integer> {
    private static final long CHECKPOINT_NANOS = 2_000_000_000L;
    private static final int PARTS_OF_EPOCH = 100;
    private static final double VALIDATION_OF_OURS = 0.05;

    @Option(names = "--train", paramLabel = "FILE.tsv", description = "Trains on these exchanges, even if the file of --model exists.")
    private Optional<Path> train = Optional.empty();

    @Option(names = "--model", paramLabel = "BOT.safetensors",
            description = "Keeps the bot: read if the file exists, written after training. With --train and without this it is not kept.")
    private Optional<Path> model = Optional.empty();

    @Option(names = "--retrain", description = "Trains even if there is a kept bot, and replaces it.")
    private boolean retrain;

    @Option(names = "--say", paramLabel = "TEXT", description = "Answers this and ends. Several are one conversation.")
    private List<String> say = new ArrayList<>();

    @Option(names = "--evaluate", description = "Asks all questions of the dialogue, and paraphrases that are not in it, and prints how many answers are right.")
    private boolean evaluate;

    @Option(names = "--paraphrases", paramLabel = "FILE.tsv",
            description = "Paraphrases for --evaluate: a line has one, a tab and the question that it means (default: those that come along, for the dialogue that comes along).")
    private Optional<Path> paraphrases = Optional.empty();

    @Option(names = "--beam", paramLabel = "WIDTH", description = "Answers by beam search (default: ${DEFAULT-VALUE}, the likeliest token each time).")
    private int beam = 1;

    @Option(names = "--temperature", description = "Draws tokens, the higher the bolder; 1 draws from the probabilities as they are.")
    private Optional<Double> temperature = Optional.empty();

    @Option(names = "--top-k", paramLabel = "K", description = "Draws from the K likeliest tokens only.")
    private Optional<Integer> topK = Optional.empty();

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "Keeps the half-trained bot here, and goes on from it with the same bits if it exists.")
    private Optional<Path> checkpoint = Optional.empty();

    @Option(names = "--plot", paramLabel = "CURVE.png", description = "Draws the learning curve; .png or .svg.")
    private Optional<Path> plot = Optional.empty();

    @Mixin
    private Plan plan = new Plan();

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec;

    /** A command, filled by picocli. */
    public ChatCommand() {}

    @Override
    public Integer call() {
        return Output.run(this::run);
    }

    private void run() throws IOException {
        checkOptions();
        Optional<Path> file = model.isPresent() || train.isPresent() ? model : Optional.of(defaultFile());
        Optional<Dialogue> given = train.isPresent() ? Optional.of(Dialogue.read(train.get())) : Optional.empty();
        List<Exchange> ways = paraphrases.isPresent() ? Dialogue.read(paraphrases.get()).exchanges() : List.of();
        Optional<Bot> kept = file.isPresent() && given.isEmpty() && !retrain ? kept(file.get()) : Optional.empty();
        Optional<ChatReport.TrainingPart> training = Optional.empty();
        Bot bot;
        if (kept.isPresent()) {
            bot = kept.get();
        } else {
            if (given.isEmpty() && plan.validation.isEmpty()) {
                plan.validation = Optional.of(VALIDATION_OF_OURS);
            }
            BotTrainer trainer = new BotTrainer(plan, given.orElseGet(Dialogue::ours));
            training = Optional.of(train(trainer));
            bot = trainer.best();
            if (file.isPresent()) {
                bot.save(file.get());
            }
        }
        Optional<ChatReport.EvaluationPart> evaluation = evaluate ? Optional.of(evaluate(bot, given, ways)) : Optional.empty();
        List<Conversation.Reply> replies = new ArrayList<>();
        if (!say.isEmpty()) {
            Conversation conversation = new Conversation(bot, strategy());
            say.forEach(text -> replies.add(conversation.say(text)));
        }
        ChatReport report = new ChatReport(part(bot, file, kept.isPresent()), training.orElse(null), evaluation.orElse(null), replies);
        output.print(report, report::print);
        replies.forEach(reply -> remark(reply, output.err()));
        if (say.isEmpty() && !evaluate && !output.isJson()) {
            talk(new Conversation(bot, strategy()));
        }
    }

    private void checkOptions() throws IOException {
        plan.check();
        Output.requireRange("--beam", beam, 1, 1000);
        topK.ifPresent(k -> Output.requireAtLeast("--top-k", k, 1));
        temperature.ifPresent(t -> Output.requireRange("--temperature", t, 0.01, 100));
        if (beam > 1 && (topK.isPresent() || temperature.isPresent())) {
            throw new UserError("--beam: got " + beam + " with --temperature or --top-k, wanted one or the other: a beam draws nothing");
        }
        for (String text : say) {
            if (Tokens.WORDS.question(text).isEmpty()) {
                throw new UserError("--say: got \"" + text + "\", wanted some words");
            }
        }
        // Before the training, not after it.
        plot.ifPresent(Picture::requireName);
        plot.ifPresent(path -> Output.requireWritable("--plot", path));
        model.ifPresent(path -> Output.requireWritable("--model", path));
        checkpoint.ifPresent(path -> Output.requireWritable("--checkpoint", path));
        if (model.isEmpty() && train.isEmpty()) {
            Files.createDirectories(Optional.ofNullable(defaultFile().getParent()).orElseThrow());
        }
    }

    private static Path defaultFile() {
        return defaultFile(Optional.ofNullable(System.getenv("XDG_CACHE_HOME")), System.getProperty("user.home"));
    }

    /** Where the bot of the dialogue that comes along is kept. */
    static Path defaultFile(Optional<String> cache, String home) {
        return cache.filter(folder -> Path.of(folder).isAbsolute()).map(Path::of).orElseGet(() -> Path.of(home, ".cache"))
                .resolve("lanewise").resolve("chat.safetensors");
    }

    /** The bot in a file, if there is one; that at the default place only if it learned the dialogue as it is now. */
    private Optional<Bot> kept(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Bot bot;
        try {
            bot = Bot.load(file);
        } catch (IOException | UserError e) {
            if (model.isPresent()) {
                throw e;
            }
            return Optional.empty();
        }
        return model.isPresent() || bot.digest().equals(Dialogue.ours().digest()) ? Optional.of(bot) : Optional.empty();
    }

    private ChatReport.TrainingPart train(BotTrainer trainer) throws IOException {
        if (checkpoint.isPresent() && Files.exists(checkpoint.get())) {
            TrainingCheckpoint.restore(trainer, plan, checkpoint.get());
        }
        long start = System.nanoTime();
        long saved = start;
        try (Progress progress = new Progress(output.err(), "training", (long) plan.epochs * PARTS_OF_EPOCH)) {
            while (!trainer.isFinished()) {
                int done = trainer.curve().size();
                String remark = done == 0 ? "" : remark(trainer.curve().getLast());
                trainer.epoch(share -> progress.to((long) ((done + share) * PARTS_OF_EPOCH), remark));
                if (checkpoint.isPresent() && (trainer.isFinished() || System.nanoTime() - saved > CHECKPOINT_NANOS)) {
                    TrainingCheckpoint.save(trainer, plan, checkpoint.get());
                    saved = System.nanoTime();
                }
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (plot.isPresent()) {
            LearningCurve.write(trainer.curve(), plot.get());
        }
        BotTrainer.Epoch best = trainer.bestEpoch() == 0 ? new BotTrainer.Epoch(Double.NaN, Double.NaN) : trainer.curve().get(trainer.bestEpoch() - 1);
        return new ChatReport.TrainingPart(trainer.training().size(), trainer.validating().size(), trainer.curve().size(), trainer.bestEpoch(),
                best.loss(), Math.exp(best.loss()), best.validation(), Math.exp(best.validation()), seconds, trainer.tokensDone() / seconds,
                trainer.curve());
    }

    private static String remark(BotTrainer.Epoch epoch) {
        return Output.format("loss %.3f, perplexity %.2f", epoch.loss(), Math.exp(epoch.loss()))
                + (Double.isNaN(epoch.validation()) ? "" : Output.format(", validation %.2f", Math.exp(epoch.validation())));
    }

    private ChatReport.EvaluationPart evaluate(Bot bot, Optional<Dialogue> given, List<Exchange> ways) {
        Dialogue dialogue = given.orElseGet(Dialogue::ours);
        if (!dialogue.digest().equals(bot.digest())) {
            throw new UserError("--evaluate: got a bot that was trained on another dialogue, wanted --train with its file");
        }
        List<Exchange> asked = ways.isEmpty() && given.isEmpty() ? Dialogue.paraphrases() : ways;
        return new ChatReport.EvaluationPart(
                ChatReport.Part.of(Evaluation.ofQuestions(bot, dialogue.exchanges(), strategy())),
                asked.isEmpty() ? null : ChatReport.Part.of(Evaluation.ofParaphrases(bot, asked, dialogue.exchanges(), strategy())));
    }

    private Function<Search, Search.Answer> strategy() {
        if (temperature.isPresent() || topK.isPresent()) {
            SplitMix64 random = new SplitMix64(plan.seed);
            return search -> search.sample(temperature.orElse(1.0), topK.orElse(Integer.MAX_VALUE), random);
        }
        return search -> beam == 1 ? search.greedy() : search.beam(beam);
    }

    private static ChatReport.ModelPart part(Bot bot, Optional<Path> file, boolean kept) {
        EncoderDecoder model = bot.model();
        return new ChatReport.ModelPart(file.map(Path::toString).orElse(null), kept, bot.words().tokens().name(), bot.words().size(),
                model.embedding().dimension(), model.encoder().units(),
                (long) model.embedding().tokens() * model.embedding().dimension() + count(model.encoder().weights()) + count(model.decoder().weights())
                        + count(model.output().weights()));
    }

    private static long count(Parameters weights) {
        return (long) weights.inputWeights().length + weights.recurrentWeights().length + weights.bias().length;
    }

    /** Answers line by line, until the input ends. */
    private void talk(Conversation conversation) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Ask me something. /new forgets what was said, /quit ends.");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (true) {
            out.print("> ");
            out.flush();
            String line = in.readLine();
            if (line == null || line.strip().equals("/quit")) {
                out.println();
                out.flush();
                return;
            }
            if (line.strip().equals("/new")) {
                conversation.forget();
                continue;
            }
            Conversation.Reply reply = conversation.say(line);
            if (!reply.answer().isEmpty()) {
                out.println(reply.answer());
                out.flush();
                remark(reply, output.err());
            } else if (!line.isBlank()) {
                out.println("(I read words and numbers; there were none.)");
            }
        }
    }

    private static void remark(Conversation.Reply reply, PrintWriter err) {
        String remark = ChatReport.remark(reply);
        if (!remark.isEmpty()) {
            err.println("(" + remark + ")");
            err.flush();
        }
    }
}

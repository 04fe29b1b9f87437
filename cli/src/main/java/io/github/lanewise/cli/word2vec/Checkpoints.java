package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.UserError;
import io.github.lanewise.io.Checkpoint;
import io.github.lanewise.word2vec.Corpus;
import io.github.lanewise.word2vec.Progress;
import io.github.lanewise.word2vec.TrainingOptions;
import io.github.lanewise.word2vec.TrainingState;
import io.github.lanewise.word2vec.Word2VecTrainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Training that can be ended at any time and go on later, and models that are trained further. */
final class Checkpoints {
    /** How long the JVM waits for the last checkpoint when it is told to end. */
    private static final int LONGEST_WAIT_SECONDS = 60;

    @Option(names = "--checkpoint", paramLabel = "FILE",
            description = "Save the state of training here from time to time, when interrupted (Ctrl-C), and at the end. A file is replaced when the new "
                    + "one is complete.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--checkpoint-every", paramLabel = "SECONDS", description = "Time between two checkpoints (default: ${DEFAULT-VALUE}).")
    private int everySeconds = 60;

    @Option(names = "--resume",
            description = "Go on from --checkpoint with its settings. Give the same text, --min-count and --max-vocabulary again. With one thread the "
                    + "result has the same bits as without the interruption.")
    private boolean resume;

    @Option(names = "--extend", paramLabel = "FILE",
            description = "Train the model of this checkpoint further, on a new text; its new words are added. All settings but the dimension are those given here.")
    private Optional<Path> old = Optional.empty();

    /** The state to begin with, if any: read before the text, since a mistake shows sooner so. */
    Optional<TrainingState> begin() throws IOException {
        Output.requireAtLeast("--checkpoint-every", everySeconds, 0);
        if (resume && old.isPresent()) {
            throw new UserError("got --resume and --extend, wanted one of them (an extended training is resumed from its own --checkpoint)");
        }
        if (resume && file.isEmpty()) {
            throw new UserError("--resume: got no --checkpoint, wanted the file to go on from");
        }
        if (file.isPresent()) {
            Output.requireWritable("--checkpoint", file.get());
            if (!resume && Files.exists(file.get())) {
                throw UserError.in(file.get(), "a file", "none yet, or --resume to go on from it");
            }
        }
        Optional<Path> from = resume ? file : old;
        return from.isPresent() ? Optional.of(Checkpoint.load(from.get())) : Optional.empty();
    }

    boolean isResumed() {
        return resume;
    }

    /** A trainer that stands where the state stands, or at the beginning. */
    Word2VecTrainer trainer(Optional<TrainingState> state, TrainingOptions options, Corpus corpus) {
        if (state.isEmpty()) {
            return Word2VecTrainer.start(options, corpus);
        }
        try {
            return resume ? Word2VecTrainer.resume(state.get(), corpus) : Word2VecTrainer.extend(options, corpus, state.get().model());
        } catch (IllegalArgumentException another) {
            throw new UserError((resume ? file : old).orElseThrow() + ": " + another.getMessage());
        }
    }

    /**
     * Trains to the end and saves checkpoints meanwhile.
     *
     * @return seconds of training, without those of saving
     */
    double train(Word2VecTrainer trainer, Consumer<Progress> listener, PrintWriter err) {
        return file.isPresent() ? trainAndSave(trainer, file.get(), listener, err) : timed(() -> trainer.run(at -> {
            listener.accept(at);
            return true;
        }));
    }

    private double trainAndSave(Word2VecTrainer trainer, Path target, Consumer<Progress> listener, PrintWriter err) {
        double seconds = 0;
        try (Interruption interruption = new Interruption()) {
            do {
                long begin = System.nanoTime();
                seconds += timed(() -> trainer.run(at -> {
                    listener.accept(at);
                    return !interruption.requested && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(everySeconds);
                }));
                save(trainer, target, err);
                if (interruption.requested) {
                    err.println("interrupted; --resume goes on from " + target);
                    err.flush();
                    interruption.letTheJvmEnd();
                }
            } while (!trainer.isFinished());
        }
        return seconds;
    }

    private static double timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) * 1e-9;
    }

    /** A full disk is no reason to lose what is trained: the older checkpoint is still there. */
    private static void save(Word2VecTrainer trainer, Path target, PrintWriter err) {
        try {
            Checkpoint.save(trainer.state(), target);
        } catch (IOException problem) {
            err.println("checkpoint not saved, training goes on: " + problem.getMessage());
            err.flush();
        }
    }

    /** Ctrl-C or a kill: the JVM, before it ends, waits until the state is saved. */
    private static final class Interruption implements AutoCloseable {
        private final CountDownLatch saved = new CountDownLatch(1);
        private final Thread hook = new Thread(this::waitUntilSaved, "checkpoint before the end");
        volatile boolean requested;

        Interruption() {
            Runtime.getRuntime().addShutdownHook(hook);
        }

        private void waitUntilSaved() {
            requested = true;
            try {
                boolean _ = saved.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Does not return: nothing may be written any more. */
        void letTheJvmEnd() {
            saved.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UserError("interrupted");
        }

        @Override
        public void close() {
            saved.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // The JVM is ending: the hook has run.
            }
        }
    }
}

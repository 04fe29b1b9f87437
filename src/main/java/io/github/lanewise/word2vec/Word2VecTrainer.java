package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Trains word vectors on a {@link Corpus}.
 *
 * <p>With one thread, the same text, options and seed give the same bits in every run, on every machine, backend and vector width, also when
 * training stops and goes on from a checkpoint. With more threads ({@link TrainingOptions#threads}) it is Hogwild (Niu et al., 2011): all threads
 * update the same vectors without locks, now and then one overwrites the update of another, and no two runs are equal.
 *
 * <p>After the first seconds training allocates nothing. The methods of one trainer must not run at the same time.
 */
public final class Word2VecTrainer {
    private static final float LEAST_ALPHA = 1e-4f;
    private static final long REPORT_NANOS = 200_000_000;

    private final TrainingOptions options;
    private final Corpus corpus;
    private final Word2VecModel model;
    private final List<Worker> workers = new ArrayList<>();
    private final AtomicLong done = new AtomicLong();

    Word2VecTrainer(TrainingOptions options, Corpus corpus, Word2VecModel model, List<WorkerState> states, Kernels kernels) {
        this.options = options;
        this.corpus = corpus;
        this.model = model;
        TokenStore tokens = corpus.tokens();
        int[] names = corpus.vocabulary().equals(model.vocabulary()) ? null : names(corpus.vocabulary(), model.vocabulary());
        NegativeSampler sampler = new NegativeSampler(model.vocabulary());
        Subsampler subsampler = new Subsampler(model.vocabulary(), options.sample());
        for (int i = 0; i < options.threads(); i++) {
            WorkerState state = states.get(i);
            workers.add(new Worker(kernels, model, options, tokens, names, sampler, subsampler,
                    begin(tokens, options, i), begin(tokens, options, i + 1), state));
            done.addAndGet(state.wordsDone());
        }
    }

    private static int[] names(Vocabulary text, Vocabulary model) {
        int[] names = new int[text.size()];
        for (int word = 0; word < names.length; word++) {
            names[word] = model.index(text.word(word));
            if (names[word] < 0) {
                throw new IllegalArgumentException("corpus: got word \"" + text.word(word) + "\", which the model does not have");
            }
        }
        return names;
    }

    /** Seed of the random numbers number {@code stream} of a seed: 0 for the first vectors, 1 + i for thread i. The sequences start far apart. */
    private static long streamSeed(long seed, int stream) {
        SplitMix64 seeds = new SplitMix64(seed);
        long start = seeds.nextLong();
        for (int i = 0; i < stream; i++) {
            start = seeds.nextLong();
        }
        return start;
    }

    private static long begin(TokenStore tokens, TrainingOptions options, int worker) {
        return (long) ((double) tokens.length() * worker / options.threads());
    }

    /**
     * Begins training a new model.
     *
     * @param options how to train
     * @param corpus the text; must stay open
     * @return a trainer that has not started
     */
    public static Word2VecTrainer start(TrainingOptions options, Corpus corpus) {
        return start(options, corpus, Kernels.best());
    }

    static Word2VecTrainer start(TrainingOptions options, Corpus corpus, Kernels kernels) {
        Word2VecModel model = Word2VecModel.create(corpus.vocabulary(), options.dimension(), new SplitMix64(streamSeed(options.seed(), 0)));
        return new Word2VecTrainer(options, corpus, model, fresh(options, corpus), kernels);
    }

    static List<WorkerState> fresh(TrainingOptions options, Corpus corpus) {
        List<WorkerState> states = new ArrayList<>();
        for (int i = 0; i < options.threads(); i++) {
            states.add(new WorkerState(0, begin(corpus.tokens(), options, i), 0, streamSeed(options.seed(), i + 1)));
        }
        return states;
    }

    /**
     * Begins to train a model further, on new text. Words that the model does not know are added to it, untrained; the counts of both texts are added.
     *
     * @param options how to train from now on; the dimension must be that of the model
     * @param corpus the new text; must stay open
     * @param model the old model; not modified
     * @return a trainer of a new model that has not started
     * @throws IllegalArgumentException if the dimensions differ
     */
    public static Word2VecTrainer extend(TrainingOptions options, Corpus corpus, Word2VecModel model) {
        if (options.dimension() != model.input().dimension()) {
            throw new IllegalArgumentException("dimension: got " + options.dimension() + ", wanted that of the model, " + model.input().dimension());
        }
        Word2VecModel extended = model.extended(corpus.vocabulary(), new SplitMix64(streamSeed(options.seed(), 0)));
        return new Word2VecTrainer(options, corpus, extended, fresh(options, corpus), Kernels.best());
    }

    /**
     * Goes on where {@link #state} was taken. With one thread the result has the same bits as without the interruption.
     *
     * @param state from {@link #state}, or from a checkpoint
     * @param corpus the same text, read with the same settings; must stay open
     * @return a trainer that stands where the other one stood, and works on the model of the state
     * @throws IllegalArgumentException if it is another text
     */
    public static Word2VecTrainer resume(TrainingState state, Corpus corpus) {
        long length = corpus.tokens().length();
        long checksum = corpus.tokens().checksum();
        if (length != state.tokens() || checksum != state.checksum()) {
            throw new IllegalArgumentException("corpus: got " + length + " tokens with checksum " + Long.toHexString(checksum)
                    + ", wanted the text that training began with: " + state.tokens() + " tokens with checksum " + Long.toHexString(state.checksum()));
        }
        for (WorkerState worker : state.workers()) {
            if (worker.position() > length) {
                throw new IllegalArgumentException("training state: got position " + worker.position() + ", wanted at most " + length);
            }
        }
        return new Word2VecTrainer(state.options(), corpus, state.model(), state.workers(), Kernels.best());
    }

    /**
     * Returns what is needed to go on later. Only while {@link #run} is not running.
     *
     * @return the present state; its model is not copied
     */
    public TrainingState state() {
        return new TrainingState(options, model, corpus.tokens().length(), corpus.tokens().checksum(), workers.stream().map(Worker::state).toList());
    }

    /**
     * Trains to the end.
     *
     * @return the model
     */
    public Word2VecModel run() {
        run(progress -> true);
        return model;
    }

    /**
     * Trains to the end or until told to stop; another call goes on where this one stopped.
     *
     * @param listener is asked a few times a second, in the calling thread, whether to go on
     * @return true if training is finished, false if the listener stopped it
     */
    public boolean run(Predicate<Progress> listener) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Run run = new Run(listener, System.nanoTime(), done.get());
        List<Thread> threads = new ArrayList<>();
        for (Worker worker : workers.subList(1, workers.size())) {
            threads.add(Thread.ofPlatform().name("word2vec").daemon().start(() -> {
                try {
                    work(worker, run, false);
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                    run.stop = true;
                }
            }));
        }
        try {
            work(workers.getFirst(), run, true);
        } catch (RuntimeException | Error e) {
            run.stop = true;
            throw e;
        } finally {
            join(threads);
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a training thread failed", failure.get());
        }
        // The last report; nothing is left to stop.
        boolean _ = listener.test(progress(run));
        return isFinished();
    }

    /** Trains whole sentences in the calling thread, by turns, until at least so many words are done or none is left. */
    void trainWords(long words) {
        long end = done.get() + words;
        while (done.get() < end && !isFinished()) {
            for (Worker worker : workers) {
                if (!worker.isFinished()) {
                    done.addAndGet(worker.trainSentence(alpha()));
                }
            }
        }
    }

    /**
     * Tells whether all epochs are done.
     *
     * @return true if {@link #run} has nothing left to do
     */
    public boolean isFinished() {
        return workers.stream().allMatch(Worker::isFinished);
    }

    private static void join(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Worker worker, Run run, boolean reports) {
        long reported = System.nanoTime();
        while (!run.stop && !worker.isFinished()) {
            done.addAndGet(worker.trainSentence(alpha()));
            if (reports && System.nanoTime() - reported > REPORT_NANOS) {
                reported = System.nanoTime();
                if (!run.listener.test(progress(run))) {
                    run.stop = true;
                }
            }
        }
    }

    private float alpha() {
        float left = 1 - (float) (done.get() / (double) wordsTotal());
        return options.alpha() * Math.max(left, LEAST_ALPHA);
    }

    private long wordsTotal() {
        return Math.multiplyExact(corpus.words(), (long) options.epochs());
    }

    private Progress progress(Run run) {
        double seconds = (System.nanoTime() - run.startNanos) * 1e-9;
        double speed = (done.get() - run.doneBefore) / seconds;
        return new Progress(done.get(), wordsTotal(), seconds, speed, alpha(), (wordsTotal() - done.get()) / speed);
    }

    /**
     * Returns the model, as far as it is trained; it changes when training goes on.
     *
     * @return the model
     */
    public Word2VecModel model() {
        return model;
    }

    /** One call of {@link #run}. */
    private static final class Run {
        final Predicate<Progress> listener;
        final long startNanos;
        final long doneBefore;
        volatile boolean stop;

        Run(Predicate<Progress> listener, long startNanos, long doneBefore) {
            this.listener = listener;
            this.startNanos = startNanos;
            this.doneBefore = doneBefore;
        }
    }
}

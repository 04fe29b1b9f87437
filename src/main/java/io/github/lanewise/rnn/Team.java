package io.github.lanewise.rnn;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that do the parts of one piece of work together: the caller of {@link #run} and {@code threads - 1} daemon threads, which live
 * until {@link #close}.
 *
 * <p>Whoever creates a team owns its threads. Which thread does which part depends on timing, so a part must not depend on another one. Between
 * two runs the daemon threads spin for some tens of microseconds, if there is a processor for each thread, and then sleep. Nothing is allocated
 * after construction, unless a part throws.
 */
public final class Team implements AutoCloseable {
    /** Turns of waiting before a thread goes to sleep: waking one takes as long. */
    private static final int SPINS = 2_000;

    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int CLOSED = 2;

    private final Thread[] helpers;
    private final int spins;
    private final AtomicInteger state = new AtomicInteger(IDLE);
    /**
     * Parts that nobody has taken yet. It is set last in a run and only ever taken down, and a run ends only when each part that was taken is
     * done: so who takes one sees the task of its run, however late it comes.
     */
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile IntConsumer task = Team::nothing;
    private volatile @Nullable Thread caller;
    private final Object failures = new Object();
    private @Nullable Throwable failure;
    private int failedPart;

    /**
     * Starts the daemon threads.
     *
     * @param threads threads that work, the caller of {@link #run} among them; at least 1
     * @throws IllegalArgumentException if {@code threads < 1}
     */
    public Team(int threads) {
        Layout.require("threads", threads, 1);
        spins = threads <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = Thread.ofPlatform().daemon().name("lanewise-team-", i + 1).unstarted(this::help);
        }
        for (Thread helper : helpers) {
            helper.start();
        }
    }

    /**
     * Returns the number of threads.
     *
     * @return threads that work in a run, its caller among them
     */
    public int threads() {
        return helpers.length + 1;
    }

    /**
     * Calls {@code part} once with each number from 0 to {@code parts - 1}, on all threads, and returns when all calls have returned. What was
     * written before is seen by every part, and what the parts have written is seen afterwards. An interrupt does not end it.
     *
     * @param parts number of parts, at least 0
     * @param part the work
     * @throws IllegalArgumentException if {@code parts < 0}
     * @throws IllegalStateException if the team is closed or a run is going on
     * @throws RuntimeException what a part has thrown, the first of them in the order of the parts; the other parts have been run all the same
     */
    public void run(int parts, IntConsumer part) {
        Objects.requireNonNull(part, "part");
        Layout.require("parts", parts, 0);
        claim();
        try {
            task = part;
            caller = Thread.currentThread();
            unfinished.set(parts);
            left.set(parts);
            for (int i = 0; i < Math.min(parts - 1, helpers.length); i++) {
                LockSupport.unpark(helpers[i]);
            }
            work();
            awaitOthers();
        } finally {
            task = Team::nothing;
            caller = null;
        }
        Throwable thrown = takeFailure();
        state.set(IDLE);
        if (thrown != null) {
            throw unchecked(thrown);
        }
    }

    /**
     * Ends the daemon threads and waits for their end. Does nothing when they have ended before.
     *
     * @throws IllegalStateException if a run is going on
     */
    @Override
    public void close() {
        if (state.get() == CLOSED) {
            return;
        }
        claim();
        state.set(CLOSED);
        boolean interrupted = false;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void nothing(int part) {}

    private void claim() {
        int before = state.compareAndExchange(IDLE, RUNNING);
        if (before != IDLE) {
            throw new IllegalStateException("team: got one that " + (before == CLOSED ? "is closed" : "runs something") + ", wanted an idle one");
        }
    }

    /** The life of a daemon thread. */
    private void help() {
        while (state.get() != CLOSED) {
            work();
            for (int spin = 0; spin < spins && left.get() == 0; spin++) {
                Thread.onSpinWait();
            }
            if (left.get() == 0 && state.get() != CLOSED) {
                LockSupport.park(this);
                // A part may have interrupted its thread, which would never sleep again.
                Thread.interrupted();
            }
        }
    }

    /** Takes parts and does them, until none is left. */
    private void work() {
        for (int waiting = left.get(); waiting > 0; waiting = left.get()) {
            if (left.compareAndSet(waiting, waiting - 1)) {
                int part = waiting - 1;
                try {
                    task.accept(part);
                } catch (Throwable e) {
                    fail(part, e);
                }
                if (unfinished.decrementAndGet() == 0) {
                    LockSupport.unpark(caller);
                }
            }
        }
    }

    private void awaitOthers() {
        for (int spin = 0; spin < spins && unfinished.get() > 0; spin++) {
            Thread.onSpinWait();
        }
        boolean interrupted = false;
        while (unfinished.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(int part, Throwable thrown) {
        synchronized (failures) {
            if (failure == null || part < failedPart) {
                failure = thrown;
                failedPart = part;
            }
        }
    }

    private @Nullable Throwable takeFailure() {
        synchronized (failures) {
            Throwable thrown = failure;
            failure = null;
            return thrown;
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}

package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TeamTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void everyPartIsDoneOnce(int threads) {
        try (Team team = new Team(threads)) {
            assertEquals(threads, team.threads());
            for (int parts = 0; parts < 9; parts++) {
                AtomicIntegerArray calls = new AtomicIntegerArray(parts);
                team.run(parts, calls::incrementAndGet);
                for (int part = 0; part < parts; part++) {
                    assertEquals(1, calls.get(part), "part " + part + " of " + parts);
                }
            }
        }
    }

    /** Runs follow each other faster than threads wake up and fall asleep, and now and then after a pause. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void manyRunsInARow(int threads) {
        try (Team team = new Team(threads)) {
            // Not atomic: a run must make what its parts have written visible, and keep two runs apart.
            long[] sums = new long[4 * 16];
            int[] round = {0};
            IntConsumer part = p -> sums[p * 16] += round[0] + p;
            long wanted = 0;
            for (int i = 0; i < 50_000; i++) {
                round[0] = i;
                team.run(4, part);
                wanted += i;
                if (i % 1_000 == 0) {
                    LockSupport.parkNanos(200_000);
                }
                for (int p = 0; p < 4; p++) {
                    assertEquals(wanted + (i + 1L) * p, sums[p * 16]);
                }
            }
        }
    }

    @Test
    void partsRunAtTheSameTime() {
        try (Team team = new Team(3)) {
            CyclicBarrier meeting = new CyclicBarrier(3);
            Thread[] threads = new Thread[3];
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> team.run(3, part -> {
                await(meeting);
                threads[part] = Thread.currentThread();
            }));
            assertEquals(3, Arrays.stream(threads).distinct().count());
        }
    }

    private static void await(CyclicBarrier meeting) {
        try {
            meeting.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theFirstExceptionInTheOrderOfThePartsArrivesWhenAllAreDone(int threads) {
        try (Team team = new Team(threads)) {
            AtomicInteger done = new AtomicInteger();
            for (int round = 0; round < 200; round++) {
                done.set(0);
                IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> team.run(8, part -> {
                    done.incrementAndGet();
                    if (part % 3 == 2) {
                        throw new IllegalArgumentException("part " + part);
                    }
                }));
                assertEquals("part 2", thrown.getMessage());
                assertEquals(8, done.get());
            }
            Error error = new StackOverflowError();
            assertSame(error, assertThrows(StackOverflowError.class, () -> team.run(2, part -> {
                throw error;
            })));
            done.set(0);
            team.run(5, part -> done.incrementAndGet());
            assertEquals(5, done.get());
        }
    }

    @Test
    void oneRunAtATime() {
        try (Team team = new Team(2)) {
            Runnable close = team::close;
            for (IntConsumer inside : new IntConsumer[] {part -> team.run(1, p -> {}), part -> close.run()}) {
                assertEquals("team: got one that runs something, wanted an idle one",
                        assertThrows(IllegalStateException.class, () -> team.run(1, inside)).getMessage());
            }
            int[] calls = {0};
            team.run(1, part -> calls[0]++);
            assertEquals(1, calls[0]);
        }
    }

    @Test
    void closingEndsTheThreads() {
        Team team = new Team(2);
        Thread[] helper = {Thread.currentThread()};
        CyclicBarrier meeting = new CyclicBarrier(2);
        Thread caller = Thread.currentThread();
        team.run(2, part -> {
            await(meeting);
            if (Thread.currentThread() != caller) {
                helper[0] = Thread.currentThread();
            }
        });
        assertNotSame(caller, helper[0]);
        assertTrue(helper[0].isDaemon() && helper[0].isAlive());
        team.close();
        assertFalse(helper[0].isAlive());
        team.close();
        assertEquals("team: got one that is closed, wanted an idle one",
                assertThrows(IllegalStateException.class, () -> team.run(1, part -> {})).getMessage());
    }

    @Test
    void anInterruptWaits() {
        try (Team team = new Team(2)) {
            int[] done = new int[2];
            Thread.currentThread().interrupt();
            team.run(2, part -> {
                LockSupport.parkNanos(1_000_000);
                done[part] = 1;
            });
            assertTrue(Thread.interrupted());
            assertArrayEquals(new int[] {1, 1}, done);
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertEquals("threads: got 0, wanted >= 1", assertThrows(IllegalArgumentException.class, () -> new Team(0)).getMessage());
        try (Team team = new Team(1)) {
            assertEquals("parts: got -1, wanted >= 0",
                    assertThrows(IllegalArgumentException.class, () -> team.run(-1, part -> {})).getMessage());
        }
    }
}

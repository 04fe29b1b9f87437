package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.lanewise.kernel.Panels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlabsTest {
    private static final int ROOM = 1024;
    private static final int HALF = ROOM / 2;

    private final Slabs slabs = new Slabs(ROOM, 2);

    @Test
    void piecesAreZeroOnALineAndApart() {
        Slabs many = new Slabs(ROOM, 100);
        Random random = new Random(1);
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int length = Panels.BLOCK * random.nextInt(50);
            Piece piece = many.cut(length);
            assertEquals(length, piece.length);
            assertEquals(Slab.FIRST % Panels.BLOCK, piece.start % Panels.BLOCK);
            assertArrayEquals(new float[length], piece.copy());
            Arrays.fill(piece.data, piece.start, piece.at(length), i + 1);
            pieces.add(piece);
        }
        assertUntouched(pieces);
    }

    @Test
    void halfASlabIsCutFromOneAndMoreIsAnArray() {
        Piece first = slabs.cut(HALF);
        Piece second = slabs.cut(HALF);
        assertSame(first.data, second.data);
        assertEquals(first.at(HALF), second.start);
        assertEquals(second.at(HALF), second.data.length);
        assertOnItsOwn(slabs.cut(HALF + Panels.BLOCK));
    }

    @Test
    void aHoleIsFilledLater() {
        Piece first = slabs.cut(HALF - Panels.BLOCK);
        Piece second = slabs.cut(HALF);
        Piece inTheNext = slabs.cut(HALF);
        Piece inTheHole = slabs.cut(Panels.BLOCK);
        assertSame(first.data, second.data);
        assertNotSame(first.data, inTheNext.data);
        assertSame(first.data, inTheHole.data);
    }

    @Test
    void beyondTheLimitPiecesAreArraysUntilASlabDies() throws InterruptedException {
        Piece alive = slabs.cut(Panels.BLOCK);
        slabs.cut(HALF);
        slabs.cut(HALF);
        Piece last = slabs.cut(HALF);
        assertNotSame(alive.data, last.data);
        last = slabs.cut(HALF);
        assertOnItsOwn(last);
        long end = System.nanoTime() + 30_000_000_000L;
        do {
            System.gc();
            Thread.sleep(1);
            last = slabs.cut(HALF);
        } while (last.data.length == Slab.FIRST + HALF && System.nanoTime() < end);
        assertEquals(Slab.FIRST + ROOM, last.data.length);
        assertSame(last.data, slabs.cut(HALF).data);
        assertOnItsOwn(slabs.cut(HALF));
        assertNotSame(alive.data, last.data);
        assertOnItsOwn(new Slabs(ROOM, 0).cut(Panels.BLOCK));
    }

    @Test
    void threadsGetPiecesOfTheirOwn() throws InterruptedException, ExecutionException {
        Slabs many = new Slabs(ROOM, 1_000);
        int threads = 4;
        List<Piece> pieces = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<List<Piece>>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(executor.submit(() -> {
                    List<Piece> own = new ArrayList<>();
                    for (int n = 0; n < 2_000; n++) {
                        own.add(many.cut(Panels.BLOCK));
                    }
                    return own;
                }));
            }
            for (Future<List<Piece>> part : parts) {
                pieces.addAll(part.get());
            }
        }
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            Arrays.fill(piece.data, piece.start, piece.at(piece.length), i + 1);
        }
        assertUntouched(pieces);
    }

    /** What {@code -Xlog:gc+init} says of heaps of these sizes. */
    @ParameterizedTest
    @CsvSource({"16, 1, 0", "64, 1, 2", "256, 1, 8", "2048, 1, 8", "2050, 2, 8", "3000, 2, 8", "16384, 8, 8", "71680, 32, 8", "1048576, 32, 8"})
    void slabsFillRegions(long heapMebibytes, int regionMebibytes, int most) {
        Slabs ofHeap = Slabs.ofHeap(heapMebibytes << 20);
        int header = 16;
        assertEquals(regionMebibytes << 20, header + Float.BYTES * (Slab.FIRST + ofHeap.room));
        assertEquals(most, ofHeap.most);
    }

    private static void assertOnItsOwn(Piece piece) {
        assertEquals(Slab.FIRST, piece.start);
        assertEquals(Slab.FIRST + piece.length, piece.data.length);
    }

    /** Each piece still holds its number. */
    private static void assertUntouched(List<Piece> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            float[] want = new float[piece.length];
            Arrays.fill(want, i + 1);
            assertArrayEquals(want, piece.copy());
        }
    }
}

package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Panels;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory that starts on a cache line: a vector of 512 bits that lies on two costs twice.
 *
 * <p>An array starts where the collector puts it, mostly not on a line. But to an array of more than half a region of the heap G1 gives regions
 * of its own, and there it stays. A slab just fills a region; small pieces are cut from it one after the other, a large piece has an array of
 * its own. No piece is used again: a slab is garbage when all of its pieces are.
 *
 * <p>So a piece of 1 KB may keep a slab of 1 to 32 MiB alive. There are at most {@value #MOST} slabs at a time, with no more than a
 * {@value #SHARE}th of the heap; while there are so many, small pieces have arrays of their own, too, on a line by luck only. ZGC
 * puts arrays of this size on a line as G1 does; with the serial and the parallel collector it is luck, the same for all pieces of a slab.
 *
 * <p>Thread-safe.
 */
final class Slabs {
    private static final int MOST = 8;
    private static final int SHARE = 32;
    private static final Slabs OF_THIS_JVM = ofHeap(Runtime.getRuntime().maxMemory());

    /** Floats that are cut from a slab. */
    final int room;
    final int most;
    /** Slabs, not their arrays: a young collection of G1 clears no reference to an array of this size. */
    private final List<WeakReference<Slab>> slabs = new ArrayList<>();

    Slabs(int room, int most) {
        this.room = room;
        this.most = most;
    }

    /** Slabs as large as G1's regions in a heap that may grow to so many bytes: 1/2048 of them, as a power of two from 1 to 32 MiB. */
    static Slabs ofHeap(long bytes) {
        long region = Long.highestOneBit(2 * Math.clamp(bytes / 2048, 1L << 20, 32L << 20) - 1);
        return new Slabs((int) (region / Float.BYTES) - Panels.BLOCK, (int) Math.min(MOST, bytes / SHARE / region));
    }

    /** A piece of at least so many floats, whole blocks. */
    static Piece piece(int length) {
        return OF_THIS_JVM.cut(Panels.padded(length));
    }

    /** A piece of so many floats, a multiple of the block. */
    synchronized Piece cut(int length) {
        // No lambda: the first one of a JVM takes 30 ms.
        for (int i = slabs.size() - 1; i >= 0; i--) {
            if (slabs.get(i).refersTo(null)) {
                slabs.remove(i);
            }
        }
        if (length <= room / 2) {
            for (WeakReference<Slab> reference : slabs) {
                Slab slab = reference.get();
                if (slab != null && length <= slab.left()) {
                    return slab.cut(length);
                }
            }
            if (slabs.size() < most) {
                Slab slab = new Slab(room);
                slabs.add(new WeakReference<>(slab));
                return slab.cut(length);
            }
        }
        return new Slab(length).cut(length);
    }
}

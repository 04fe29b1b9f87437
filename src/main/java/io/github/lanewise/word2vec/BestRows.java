package io.github.lanewise.word2vec;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Keeps the rows of the highest scores; among equal scores the lower row is better. A NaN is never kept. */
final class BestRows {
    private static final Comparator<Hit> WORST_FIRST =
            (a, b) -> a.score != b.score ? Float.compare(a.score, b.score) : Integer.compare(b.row, a.row);

    private final int wanted;
    private final int[] excluded;
    private final PriorityQueue<Hit> kept = new PriorityQueue<>(WORST_FIRST);
    private float toBeat = Float.NEGATIVE_INFINITY;

    private record Hit(int row, float score) {}

    BestRows(int wanted, int... excluded) {
        this.wanted = wanted;
        this.excluded = excluded;
    }

    /** Offers rows in ascending order. */
    void offer(int row, float score) {
        if (score > toBeat && IntStream.of(excluded).noneMatch(e -> e == row)) {
            kept.add(new Hit(row, score));
            if (kept.size() > wanted) {
                kept.remove();
            }
            if (kept.size() == wanted) {
                toBeat = kept.element().score;
            }
        }
    }

    /** The best first. */
    List<Neighbour> neighbours(Vocabulary vocabulary) {
        return kept.stream().sorted(WORST_FIRST.reversed()).map(hit -> new Neighbour(vocabulary.word(hit.row), hit.score)).toList();
    }
}

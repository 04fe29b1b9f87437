package io.github.lanewise.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.oracle.Activation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Holds the golden cases to catching a mutant: one output must be further off than a float program may be. */
final class MutantCheck {
    private MutantCheck() {
    }

    /** Fails unless every recurrent case in which the mistake is visible catches it. A relu of a few units hides it: all may be off. */
    static void assertCaught(String name, List<GoldenCase> cases, Predicate<RecurrentCase> visibleIn,
                             Function<RecurrentCase, Map<String, double[]>> run) {
        List<RecurrentCase> applicable = cases.stream().filter(RecurrentCase::matches).map(RecurrentCase::new).filter(visibleIn)
                .filter(c -> c.lstm() || c.activation() != Activation.RELU || c.hidden() > 3).toList();
        Map<RecurrentCase, Double> worst = new LinkedHashMap<>();
        for (RecurrentCase c : applicable) {
            Map<String, Double> errors = Subject.errors(c.golden(), run.apply(c));
            worst.put(c, errors.entrySet().stream().mapToDouble(e -> e.getValue() / c.golden().floatTolerance(e.getKey())).max().orElseThrow());
        }
        List<RecurrentCase> missed = applicable.stream().filter(c -> worst.getOrDefault(c, 0.0) <= 1).toList();
        System.out.printf(Locale.ROOT, "mutant %s: caught by %d of %d cases, by at least %.0f times the tolerance%n", name,
                applicable.size() - missed.size(), applicable.size(), worst.values().stream().mapToDouble(v -> v).min().orElse(0));
        assertTrue(!applicable.isEmpty() && missed.isEmpty(), () -> name + " is not caught by " + missed);
    }
}

package io.github.lanewise.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How often and how long is measured.
 *
 * @param quick whether this is the short form
 * @param forks JVMs per task, one after the other
 * @param rounds measured turns of each engine in each JVM
 * @param turn length of a turn
 */
record Runs(boolean quick, int forks, int rounds, TimeValue turn) {
    static Runs full() {
        return new Runs(false, 3, 7, new TimeValue(200, TimeUnit.MILLISECONDS));
    }

    static Runs quickly() {
        return new Runs(true, 1, 5, new TimeValue(40, TimeUnit.MILLISECONDS));
    }

    @Override
    public String toString() {
        return (quick ? "quick: " : "") + forks + (forks == 1 ? " JVM" : " JVMs") + " per task, " + rounds + " rounds in turns of " + turn
                + (quick ? " (a full run has " + full().forks + " JVMs and " + full().rounds + " rounds)" : "");
    }
}

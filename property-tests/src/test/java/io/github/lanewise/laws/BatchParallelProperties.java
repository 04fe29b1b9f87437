package io.github.lanewise.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.laws.Experiment.Kind;
import io.github.lanewise.rnn.BatchParallel;
import io.github.lanewise.rnn.BatchParallelTape;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Team;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Laws of passes over slices of a batch, to the bit: neither the number of threads nor their timing matters. */
class BatchParallelProperties {
    private static final int TRIES = 100;
    private static final int INPUTS = 40;
    private static final int UNITS = 70;
    private static final List<String> OF_WEIGHTS = List.of("dW_ih", "dW_hh", "db");

    /** One, as many as processors, more. */
    private static final List<Team> TEAMS = List.of(new Team(1), new Team(2), new Team(3));

    @AfterContainer
    static void closeTeams() {
        TEAMS.forEach(Team::close);
    }

    @Property(tries = TRIES)
    void anyNumberOfThreadsGivesTheSameBits(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = INPUTS) int inputs,
                                            @ForAll @IntRange(min = 1, max = UNITS) int units, @ForAll @IntRange(min = 1, max = 6) int steps,
                                            @ForAll @IntRange(min = 1, max = 19) int batch, @ForAll @IntRange(min = 1, max = 5) int slices,
                                            @ForAll long seed) {
        Experiment e = new Experiment(kind, inputs, units, steps, batch, seed);
        Map<String, float[]> one = run(e, Math.min(slices, batch), TEAMS.getFirst(), 1);
        for (Team team : TEAMS.subList(1, TEAMS.size())) {
            assertSame(one, run(e, Math.min(slices, batch), team, 1));
        }
    }

    /** Outputs, states and gradients of the inputs are those of the whole batch; those of the weights are the slices' own, added in order. */
    @Property(tries = TRIES)
    void slicesAreTheirRowsAlone(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = INPUTS) int inputs,
                                 @ForAll @IntRange(min = 1, max = UNITS) int units, @ForAll @IntRange(min = 1, max = 6) int steps,
                                 @ForAll @IntRange(min = 1, max = 19) int batch, @ForAll @IntRange(min = 1, max = 5) int atMost,
                                 @ForAll long seed) {
        int slices = Math.min(atMost, batch);
        Experiment e = new Experiment(kind, inputs, units, steps, batch, seed);
        Map<String, float[]> got = run(e, slices, TEAMS.get(1), 1);
        e.run(Kernels.best()).forEach((name, wanted) -> {
            if (!OF_WEIGHTS.contains(name) && !name.equals("gates")) {
                assertArrayEquals(wanted, got.get(name), name);
            }
        });
        RecurrentCell cell = e.cell(Kernels.best());
        Gradients sum = cell.newGradients();
        for (int slice = 0; slice < slices; slice++) {
            int from = slice * batch / slices;
            sum.add(alone(e, cell, from, (slice + 1) * batch / slices - from));
        }
        assertArrayEquals(sum.inputWeights(), got.get("dW_ih"), "dW_ih");
        assertArrayEquals(sum.recurrentWeights(), got.get("dW_hh"), "dW_hh");
        assertArrayEquals(sum.bias(), got.get("db"), "db");
    }

    /** The gradients of some rows, from a batch of these rows alone. */
    private static Gradients alone(Experiment e, RecurrentCell cell, int from, int rows) {
        CellTape tape = cell.newTape(e.steps, rows);
        float[] ys = new float[e.steps * rows * e.units];
        cell.forward(rows(e.x, e.steps, e.batch, from, rows), 0, e.steps, Arrays.copyOfRange(e.lengths, from, from + rows),
                e.state(cell, rows, e.h0, e.c0, from), tape, ys, 0);
        Gradients gradients = cell.newGradients();
        cell.backward(rows(e.dy, e.steps, e.batch, from, rows), 0, tape, e.state(cell, rows, e.dhT, e.dcT, from), gradients);
        return gradients;
    }

    private static float[] rows(float[] all, int steps, int batch, int from, int count) {
        int width = all.length / steps / batch;
        float[] some = new float[steps * count * width];
        for (int step = 0; step < steps; step++) {
            System.arraycopy(all, (step * batch + from) * width, some, step * count * width, count * width);
        }
        return some;
    }

    /** Many short passes on more threads than processors: what is shared by mistake, or read too early, changes a bit sooner or later. */
    @Example
    void manyPassesInARowGiveTheBitsOfOneThread() {
        for (Kind kind : List.of(Kind.LSTM, Kind.TANH)) {
            Experiment e = new Experiment(kind, 9, 17, 4, 13, 1);
            Map<String, float[]> wanted = run(e, 6, TEAMS.getFirst(), 400);
            for (int round = 0; round < 5; round++) {
                assertSame(wanted, run(e, 6, TEAMS.get(2), 400));
            }
        }
    }

    /** Passes on one tape, the states carried and the gradients added up; returns all that came out. */
    private static Map<String, float[]> run(Experiment e, int slices, Team team, int passes) {
        RecurrentCell cell = e.cell(Kernels.best());
        BatchParallel parallel = new BatchParallel(cell, slices, team);
        BatchParallelTape tape = parallel.newTape(e.steps + 2, e.batch);
        CellState state = e.firstState(cell);
        CellState dState = e.state(cell, e.batch, e.dhT, e.dcT, 0);
        Gradients gradients = cell.newGradients();
        float[] y = new float[e.steps * e.batch * e.units];
        float[] dx = new float[e.x.length];
        for (int pass = 0; pass < passes; pass++) {
            parallel.forward(e.x, 0, e.steps, e.lengths, state, tape, y, 0);
            parallel.backward(e.dy, 0, tape, dState, gradients, dx, 0);
        }
        Map<String, float[]> outputs = new LinkedHashMap<>();
        outputs.put("y", y);
        outputs.put("dx", dx);
        e.put(state, e.batch, "hT", "cT", outputs);
        e.put(dState, e.batch, "dh0", "dc0", outputs);
        outputs.put("dW_ih", gradients.inputWeights());
        outputs.put("dW_hh", gradients.recurrentWeights());
        outputs.put("db", gradients.bias());
        return outputs;
    }

    private static void assertSame(Map<String, float[]> want, Map<String, float[]> got) {
        want.forEach((output, values) -> assertArrayEquals(values, got.get(output), output));
    }
}

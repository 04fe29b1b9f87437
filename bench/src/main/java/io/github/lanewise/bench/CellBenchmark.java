package io.github.lanewise.bench;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import io.github.lanewise.rnn.SplitMix64;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Recurrent layers, one row: a step, and a forward and a backward pass over 64 steps (time per step). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CellBenchmark {
    private static final int STEPS = 64;

    /** Which layer. */
    @Param({"lstm", "elman"})
    public String cell;

    /** Inputs x hidden units. */
    @Param({"32x32", "128x128", "256x256"})
    public String shape;

    /** Which backend. */
    @Param({"simd", "scalar"})
    public String backend;

    private RecurrentCell layer;
    private CellState state;
    private CellState dState;
    private CellTape tape;
    private Gradients gradients;
    private float[] xs;
    private float[] ys;
    private float[] dys;
    private float[] dxs;

    /** Builds the layer and proves that both backends give the same bits on it. */
    @Setup(Level.Trial)
    public void setup() {
        int inputs = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
        int units = Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
        xs = new float[STEPS * inputs];
        dys = new float[STEPS * units];
        SplitMix64 random = new SplitMix64(1);
        for (int i = 0; i < xs.length; i++) {
            xs[i] = 2 * random.nextFloat() - 1;
        }
        for (int i = 0; i < dys.length; i++) {
            dys[i] = 2 * random.nextFloat() - 1;
        }
        ys = new float[STEPS * units];
        dxs = new float[xs.length];
        Kernels simd = Kernels.simd().orElseThrow(() -> new IllegalStateException("no SIMD on this JVM: nothing to compare"));
        use(inputs, units, Kernels.scalar());
        forwardBackward();
        float[] wantedY = ys.clone();
        float[] wantedX = dxs.clone();
        float[] wantedW = gradients.recurrentWeights();
        use(inputs, units, simd);
        forwardBackward();
        if (!Arrays.equals(wantedY, ys) || !Arrays.equals(wantedX, dxs) || !Arrays.equals(wantedW, gradients.recurrentWeights())) {
            throw new IllegalStateException("the backends differ");
        }
        use(inputs, units, backend.equals("simd") ? simd : Kernels.scalar());
    }

    private void use(int inputs, int units, Kernels kernels) {
        layer = cell.equals("lstm")
                ? Lstm.create(inputs, units, new SplitMix64(2)).on(kernels)
                : Rnn.create(inputs, units, Activation.TANH, new SplitMix64(2)).on(kernels);
        state = layer.newState();
        dState = layer.newState();
        tape = layer.newTape(STEPS, 1);
        gradients = layer.newGradients();
    }

    /** One step of a stream. */
    @Benchmark
    public void step() {
        layer.step(xs, 0, state);
    }

    /** A forward pass. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void forward() {
        state.reset();
        layer.forward(xs, 0, STEPS, state, tape, ys, 0);
    }

    /** A forward pass and its backward pass with all gradients. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void forwardBackward() {
        forward();
        dState.reset();
        gradients.zero();
        layer.backward(dys, 0, tape, dState, gradients, dxs, 0);
    }
}

import io.github.lanewise.kernel.*;
import io.github.lanewise.rnn.*;
import java.util.*;

void main() {
    SplitMix64 random = new SplitMix64(1);
    int steps = 20, batch = 8, units = 16;
    Lstm lstm = Lstm.create(1, units, random);
    Dense output = Dense.create(units, 1, OutputActivation.IDENTITY, random);
    Gradients dLstm = lstm.newGradients(), dOutput = output.newGradients();
    Adam adam = new Adam(Kernels.best(), 0.01, List.of(new Trainable(lstm.weights(), dLstm), new Trainable(output.weights(), dOutput)));
    CellState state = lstm.newState(batch), dState = lstm.newState(batch);
    CellTape tape = lstm.newTape(steps, batch);               // all memory of forward and backward, reused
    DenseTape outputTape = output.newTape(steps * batch);
    float[] x = new float[steps * batch], wanted = new float[steps * batch], y = new float[steps * batch], dy = new float[steps * batch];
    float[] h = new float[steps * batch * units], dh = new float[h.length];
    for (int epoch = 0; epoch <= 300; epoch++) {
        for (int n = 0; n < batch; n++) {                     // [steps][batch][1]: a sine wave and its next sample
            double phase = 6.28 * random.nextDouble();
            for (int t = 0; t < steps; t++) {
                x[t * batch + n] = (float) StrictMath.sin(0.5 * t + phase);
                wanted[t * batch + n] = (float) StrictMath.sin(0.5 * (t + 1) + phase);
            }
        }
        state.reset();
        dState.reset();
        adam.zeroGradients();
        lstm.forward(x, 0, steps, state, tape, h, 0);
        output.forward(h, 0, steps * batch, outputTape, y, 0);
        double loss = Loss.meanSquaredError(Kernels.best(), y, 0, wanted, 0, dy, 0, y.length);
        output.backward(dy, 0, outputTape, dOutput, dh, 0);
        lstm.backward(dh, 0, tape, dState, dLstm);
        adam.clipGlobalNorm(1);
        adam.step();
        if (epoch % 100 == 0) {
            IO.println(epoch + ": " + loss);
        }
    }
}

// Prints, on every machine:
// 0: 0.5145777225494385
// 100: 0.013636797666549683
// 200: 0.008932255208492279
// 300: 0.0075856223702430725

import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.*;

void main() {
    Lstm lstm = Lstm.create(3, 16, new SplitMix64(1));   // 3 inputs, 16 hidden units, seeded weights
    CellState state = lstm.newState();                     // one per stream, held by the caller
    float[] x = {0.5f, -1, 2};
    for (int t = 0; t < 3; t++) {
        lstm.step(x, 0, state);                            // allocates nothing once compiled
        IO.println(state.h(0, 0));
    }
}

// Prints, on every machine:
// -0.018768212
// -0.02912057
// -0.03430705

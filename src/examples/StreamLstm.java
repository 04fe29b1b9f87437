import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.*;

/** Predicts one sample ahead, sample by sample, with a state of its own. */
final class Stream {
    private final Lstm lstm;
    private final Dense output;
    private final CellState state;
    private final DenseTape tape;
    private final float[] x = new float[1], h, y = new float[1];

    Stream(Lstm lstm, Dense output) {
        this.lstm = lstm;                                       // weights are only read: all streams and threads share them
        this.output = output;
        state = lstm.newState();                                // state and scratch memory belong to one stream
        tape = output.newTape(1);
        h = new float[lstm.units()];
    }

    float next(float sample) {                                  // allocates nothing once compiled
        x[0] = sample;
        lstm.step(x, 0, state);
        state.copyH(h, 0);
        output.forward(h, 0, 1, tape, y, 0);
        return y[0];
    }
}

void main() throws InterruptedException {
    SplitMix64 random = new SplitMix64(7);
    Lstm lstm = Lstm.create(1, 16, random);                     // or a trained one: Model.load(path).lstm("lstm")
    Dense output = Dense.create(16, 1, OutputActivation.IDENTITY, random);
    lstm.warmUp(1);                                             // compiles the step now, not while samples arrive

    Stream[] streams = {new Stream(lstm, output), new Stream(lstm, output), new Stream(lstm, output)};
    float[] last = new float[streams.length];
    Thread[] threads = new Thread[streams.length];
    for (int i = 0; i < streams.length; i++) {
        int number = i;
        threads[i] = Thread.ofPlatform().start(() -> {
            for (int t = 0; t < 8000; t++) {                    // a second of sound; here stream 0 and stream 2 hear the same
                last[number] = streams[number].next((float) StrictMath.sin(0.1 * t * (1 + number % 2)));
            }
        });
    }
    for (Thread thread : threads) {
        thread.join();
    }
    for (float y : last) {
        IO.println(y);
    }

    float[] chunk = new float[8000], hs = new float[8000 * 16], y = new float[8000];
    for (int t = 0; t < chunk.length; t++) {
        chunk[t] = (float) StrictMath.sin(0.1 * t);
    }
    CellState state = lstm.newState();
    CellTape tape = lstm.newTape(6000, 1);                      // the same sound in two chunks: the state goes on, the bits are the same
    lstm.forward(chunk, 0, 2000, state, tape, hs, 0);
    lstm.forward(chunk, 2000, 6000, state, tape, hs, 2000 * 16);
    output.forward(hs, 0, 8000, output.newTape(8000), y, 0);
    IO.println(y[7999] == last[0]);
}

// Prints, on every machine:
// 0.09947477
// 0.14363699
// 0.09947477
// true

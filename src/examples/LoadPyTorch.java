import io.github.lanewise.io.*;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.*;
import java.nio.file.*;
import java.util.*;

// Runs a model of PyTorch with the modules lstm = nn.LSTM(3, 16, num_layers=2) and head = nn.Linear(16, 2), saved by
//     safetensors.torch.save_file(model.state_dict(), "model.safetensors")
// Give its path as argument; without one a file of the same layout is written first.
void main(String[] args) throws Exception {
    Path path = args.length > 0 ? Path.of(args[0]) : sample();
    try (Safetensors file = Safetensors.open(path)) {           // mapped, not read
        file.tensors().forEach((name, tensor) -> IO.println(name + " " + Arrays.toString(tensor.shape())));

        List<Lstm> lstm = new ArrayList<>();
        for (int layer = 0; layer < PyTorchWeights.layers(file.tensors(), "lstm"); layer++) {
            lstm.add(PyTorchWeights.lstm(file.tensors(), "lstm", layer));
        }
        Dense head = PyTorchWeights.linear(file.tensors(), "head", OutputActivation.IDENTITY);

        int steps = 5;
        float[] xs = new float[steps * lstm.getFirst().inputs()];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = 0.25f * (i % 7) - 0.75f;
        }
        for (Lstm layer : lstm) {                               // [steps][batch = 1][inputs] to [steps][1][units]
            float[] ys = new float[steps * layer.units()];
            layer.forward(xs, 0, steps, layer.newState(), layer.newTape(steps, 1), ys, 0);
            xs = ys;
        }
        float[] y = new float[steps * head.weights().units()];
        head.forward(xs, 0, steps, head.newTape(steps), y, 0);
        IO.println(Arrays.toString(y));
    }
    if (args.length == 0) {
        Files.delete(path);
    }
}

/** A file as PyTorch would write it: the way back, for {@code load_state_dict}. */
Path sample() throws Exception {
    SplitMix64 random = new SplitMix64(1);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    PyTorchWeights.put(Lstm.create(3, 16, random), "lstm", 0, Direction.FORWARD, tensors);
    PyTorchWeights.put(Lstm.create(16, 16, random), "lstm", 1, Direction.FORWARD, tensors);
    PyTorchWeights.put(Dense.create(16, 2, OutputActivation.IDENTITY, random), "head", tensors);
    Path path = Files.createTempFile("model", ".safetensors");
    Safetensors.write(path, tensors, Map.of("framework", "pytorch"));
    return path;
}

// Prints, on every machine:
// head.bias [2]
// head.weight [2, 16]
// lstm.bias_hh_l0 [64]
// lstm.bias_hh_l1 [64]
// lstm.bias_ih_l0 [64]
// lstm.bias_ih_l1 [64]
// lstm.weight_hh_l0 [64, 16]
// lstm.weight_hh_l1 [64, 16]
// lstm.weight_ih_l0 [64, 3]
// lstm.weight_ih_l1 [64, 16]
// [0.0072060646, -0.12524344, 0.0062873974, -0.13867469, -0.0017693304, -0.14668164, -0.0035999883, -0.15263757, -0.008974705, -0.1533918]

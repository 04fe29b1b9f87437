package io.github.lanewise.io;

import java.util.Arrays;
import java.util.Map;

/** Tensors taken from a map by name, with their shapes checked, and messages that name them. */
final class NamedTensors {
    private static final int NAMES_IN_MESSAGE = 20;

    private final Map<String, Tensor> tensors;
    private final String prefix;

    /** Names begin with the prefix and the separator; with an empty prefix there is none. */
    NamedTensors(Map<String, Tensor> tensors, String prefix, String separator) {
        this.tensors = tensors;
        this.prefix = prefix.isEmpty() ? "" : prefix + separator;
    }

    boolean has(String name) {
        return tensors.containsKey(prefix + name);
    }

    Tensor get(String name) {
        Tensor tensor = tensors.get(prefix + name);
        if (tensor == null) {
            throw new IllegalArgumentException("tensor: got no \"" + prefix + name + "\" among "
                    + tensors.keySet().stream().limit(NAMES_IN_MESSAGE).toList() + (tensors.size() > NAMES_IN_MESSAGE ? " and more" : "") + ", wanted it");
        }
        return tensor;
    }

    /** Values of a tensor of this shape. */
    float[] values(String name, long... shape) {
        return values(prefix + name, get(name), shape);
    }

    /** The size of one dimension of a matrix, which must be at least 1. */
    int size(String name, int dimension) {
        return size(prefix + name, get(name), 2, dimension);
    }

    IllegalArgumentException refuse(String name, String problem) {
        return new IllegalArgumentException(prefix + name + ": " + problem);
    }

    static float[] values(String name, Tensor tensor, long... shape) {
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException(name + ": got " + tensor + ", wanted the shape " + Arrays.toString(shape));
        }
        return tensor.toFloats();
    }

    static int size(String name, Tensor tensor, int rank, int dimension) {
        long[] shape = tensor.shape();
        if (shape.length != rank || shape[dimension] < 1 || shape[dimension] > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + ": got " + tensor + ", wanted " + rank + " dimensions of 1 to 2^31 - 1");
        }
        return (int) shape[dimension];
    }
}

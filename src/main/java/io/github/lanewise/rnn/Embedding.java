package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A table of vectors, one for each token (a word, a character), looked up by number: the first layer of a network that reads text.
 *
 * <p>It computes what a {@link Dense} layer without bias computes from one-hot rows, without the products with zero. {@link #weights} has
 * the table as {@code [dimension][tokens]} and a bias that is not used and whose gradient stays 0.
 *
 * <p>Weights are only read by {@code forward}; each thread holds its own {@link Gradients}. After warm-up nothing is allocated. NaN and
 * infinity propagate. A call that throws has written nothing.
 */
public final class Embedding implements Layer {
    private final Kernels kernels;
    private final Layout layout;
    private final Weights weights;

    private Embedding(Layout layout, Weights weights, Kernels kernels) {
        this.layout = layout;
        this.weights = weights;
        this.kernels = Objects.requireNonNull(kernels, "kernels");
    }

    /**
     * Creates a layer with all vectors zero, on the fastest backend.
     *
     * @param tokens number of vectors, at least 1
     * @param dimension floats in a vector, at least 1
     * @return a new layer
     * @throws IllegalArgumentException if a size is out of range
     */
    public static Embedding zero(int tokens, int dimension) {
        Layout layout = new Layout(Layout.require("tokens", tokens, 1), 0, 1, Layout.require("dimension", dimension, 1));
        return new Embedding(layout, new Weights(layout), Kernels.best());
    }

    /**
     * Creates a layer with random vectors, uniform in +-1/sqrt(dimension): their length is about 0.6 whatever the dimension.
     *
     * @param tokens number of vectors, at least 1
     * @param dimension floats in a vector, at least 1
     * @param random source of the vectors; the same source gives the same bits on every machine
     * @return a new layer
     * @throws IllegalArgumentException if a size is out of range
     */
    public static Embedding create(int tokens, int dimension, RandomGenerator random) {
        Embedding embedding = zero(tokens, dimension);
        Initializer.uniform(embedding.weights, (float) (1 / Math.sqrt(dimension)), random);
        embedding.weights.setBias(new float[dimension]);
        return embedding;
    }

    /**
     * Returns this layer on another backend. The weights are shared.
     *
     * @param other the kernels to run on
     * @return a layer with the same weights and the same results
     */
    public Embedding on(Kernels other) {
        return new Embedding(layout, weights, other);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    /**
     * Returns the number of vectors.
     *
     * @return tokens that have one
     */
    public int tokens() {
        return layout.inputs();
    }

    /**
     * Returns the length of a vector.
     *
     * @return floats in a vector
     */
    public int dimension() {
        return layout.units();
    }

    /**
     * Returns a copy of the table.
     *
     * @return [tokens][dimension]
     */
    public float[] vectors() {
        float[] to = new float[Math.multiplyExact(tokens(), dimension())];
        for (int i = 0; i < to.length; i++) {
            to[i] = weights.data[weights.weight(i % dimension(), i / dimension())];
        }
        return to;
    }

    /**
     * Sets the table.
     *
     * @param from [tokens][dimension]
     * @throws IllegalArgumentException if the length differs
     */
    public void setVectors(float[] from) {
        if (from.length != (long) tokens() * dimension()) {
            throw new IllegalArgumentException("vectors: got " + from.length + " values, wanted " + (long) tokens() * dimension());
        }
        for (int i = 0; i < from.length; i++) {
            weights.data[weights.weight(i % dimension(), i / dimension())] = from[i];
        }
    }

    /**
     * Creates zero gradients for the weights.
     *
     * @return new gradients
     */
    public Gradients newGradients() {
        return new Gradients(layout);
    }

    /**
     * Looks vectors up: {@code ys row i = vector of token i}.
     *
     * @param tokens numbers of tokens, 0 to {@code tokens() - 1}; read only
     * @param tokensOffset index of the first number
     * @param count how many tokens, at least 0
     * @param ys vectors [count][dimension]; written
     * @param yOffset index of the first element
     * @throws IndexOutOfBoundsException if a number is not one of a token or a range falls outside its array
     */
    public void forward(int[] tokens, int tokensOffset, int count, float[] ys, int yOffset) {
        RecurrentCell.checkRange(yOffset, (long) count * dimension(), ys.length);
        for (int panel = 0; panel < layout.panels(); panel++) {
            kernels.gatherRows(weights.data, start(weights, panel), layout.width(), tokens(), tokens, tokensOffset, count,
                    ys, yOffset + panel * Panels.WIDTH, dimension(), length(panel));
        }
    }

    /**
     * The backward pass: {@code gradients +=} the rows of {@code dys}, in ascending order, each to the vector of its token.
     *
     * @param tokens what {@code forward} looked up; read only
     * @param tokensOffset index of the first number
     * @param count how many tokens, at least 0
     * @param dys gradients of the vectors [count][dimension]; read only
     * @param dyOffset index of the first element
     * @param gradients gradients of the weights; added to
     * @throws IllegalArgumentException if the gradients belong to a layer of another shape
     * @throws IndexOutOfBoundsException if a number is not one of a token or a range falls outside its array
     */
    public void backward(int[] tokens, int tokensOffset, int count, float[] dys, int dyOffset, Gradients gradients) {
        gradients.requireLayout(layout);
        RecurrentCell.checkRange(dyOffset, (long) count * dimension(), dys.length);
        for (int panel = 0; panel < layout.panels(); panel++) {
            kernels.scatterAddRows(dys, dyOffset + panel * Panels.WIDTH, dimension(), tokens, tokensOffset, count,
                    gradients.data, start(gradients, panel), layout.width(), tokens(), length(panel));
        }
    }

    /** Index of the first element of a panel. */
    private int start(Parameters of, int panel) {
        return of.matrix + panel * layout.panelStride();
    }

    /** Floats of a vector that lie in a panel. */
    private int length(int panel) {
        return Math.min(Panels.WIDTH, dimension() - panel * Panels.WIDTH);
    }
}

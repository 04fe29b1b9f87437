package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.Kernels;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Word vectors and what people ask them: similarity, nearest words, analogies.
 *
 * <p>Similarity is the cosine: dot products in the canonical order of {@link io.github.lanewise.kernel.ReductionKernels} times the inverse
 * lengths, so answers have the same bits on every backend and vector width. The cosine with a vector of zeros is 0. Every search compares
 * with all words, in one pass over the matrix. Lengths of vectors must be 1e-18 to 1e18 for cosines to be accurate; longer or shorter
 * ones are handled, but products may overflow or vanish.
 *
 * <p>Immutable and safe for use by several threads, as long as nobody writes to {@link #vectors}.
 */
public final class Embeddings {
    private final Vocabulary vocabulary;
    private final Matrix vectors;
    private final float[] inverseLengths;
    private final Kernels kernels = Kernels.best();

    private Embeddings(Vocabulary vocabulary, Matrix vectors) {
        if (vocabulary.size() != vectors.rows()) {
            throw new IllegalArgumentException("vectors: got " + vectors.rows() + " rows for " + vocabulary.size() + " words, wanted one for each");
        }
        this.vocabulary = vocabulary;
        this.vectors = vectors;
        inverseLengths = new float[vectors.rows()];
        for (int row = 0; row < vectors.rows(); row++) {
            inverseLengths[row] = inverseLength(vectors.array(row), vectors.offset(row), vectors.dimension());
            if (Float.isNaN(inverseLengths[row])) {
                throw new IllegalArgumentException(
                        "vector of word \"" + vocabulary.word(row) + "\": got NaN or infinity, wanted finite numbers (a lower alpha may help)");
            }
        }
    }

    /**
     * Puts words and vectors together. The matrix is not copied.
     *
     * @param vocabulary the words
     * @param vectors one row for each word, finite numbers
     * @return the embeddings
     * @throws IllegalArgumentException if the sizes differ or a number is not finite
     */
    public static Embeddings of(Vocabulary vocabulary, Matrix vectors) {
        return new Embeddings(vocabulary, vectors);
    }

    /**
     * Returns the words, in the order of the rows; by custom the most frequent come first.
     *
     * @return the words
     */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /**
     * Returns the vectors [size, dimension]. Not a copy.
     *
     * @return the matrix
     */
    public Matrix vectors() {
        return vectors;
    }

    /**
     * Returns the number of words.
     *
     * @return the number of words
     */
    public int size() {
        return vectors.rows();
    }

    /**
     * Returns the length of a vector.
     *
     * @return the dimension
     */
    public int dimension() {
        return vectors.dimension();
    }

    /**
     * Tells whether there is a vector for a word.
     *
     * @param word any text
     * @return true if so
     */
    public boolean contains(String word) {
        return vocabulary.index(word) >= 0;
    }

    /**
     * Returns the vector of a word.
     *
     * @param word a word
     * @return a copy [dimension]
     * @throws UnknownWordException if there is no such word
     */
    public float[] vector(String word) {
        float[] copy = new float[dimension()];
        vectors.copyRow(row(word), copy, 0);
        return copy;
    }

    /**
     * Returns the cosine of the vectors of two words.
     *
     * @param a a word
     * @param b a word
     * @return -1 to 1 up to rounding; 0 if one of them is all zeros
     * @throws UnknownWordException if a word is unknown
     */
    public float similarity(String a, String b) {
        int rowA = row(a);
        int rowB = row(b);
        return cosine(rowB, unit(rowA));
    }

    /**
     * Finds the words most similar to a word, without that word itself.
     *
     * @param word a word
     * @param n how many, at least 1
     * @return up to {@code n} words, the most similar first; of equal ones the one with the lower row
     * @throws UnknownWordException if the word is unknown
     */
    public List<Neighbour> nearest(String word, int n) {
        int row = row(word);
        return search(unit(row), new BestRows(checkCount(n), row));
    }

    /**
     * Finds the words most similar to a vector.
     *
     * @param vector finite numbers [dimension], of any length
     * @param n how many, at least 1
     * @return up to {@code n} words, the most similar first; of equal ones the one with the lower row
     * @throws IllegalArgumentException if the dimension differs or a number is not finite
     */
    public List<Neighbour> nearest(float[] vector, int n) {
        if (vector.length != dimension()) {
            throw new IllegalArgumentException("vector: got " + vector.length + " numbers, wanted " + dimension());
        }
        float inverse = inverseLength(vector, 0, vector.length);
        if (Float.isNaN(inverse)) {
            throw new IllegalArgumentException("vector: got NaN or infinity, wanted finite numbers");
        }
        float[] query = new float[vectors.stride()];
        kernels.axpy(inverse, vector, 0, query, 0, vector.length);
        return search(query, new BestRows(checkCount(n)));
    }

    /**
     * Answers "{@code a} is to {@code b} as {@code c} is to what?", for example man, king, woman. The three words are left out.
     *
     * @param a first word
     * @param b what belongs to it
     * @param c second word
     * @param n how many answers, at least 1
     * @param method how answers are scored
     * @return up to {@code n} words, the best first; of equal ones the one with the lower row
     * @throws UnknownWordException if a word is unknown
     */
    public List<Neighbour> analogy(String a, String b, String c, int n, AnalogyMethod method) {
        int rowA = row(a);
        int rowB = row(b);
        int rowC = row(c);
        BestRows best = new BestRows(checkCount(n), rowA, rowB, rowC);
        float[] unitA = unit(rowA);
        float[] unitB = unit(rowB);
        float[] unitC = unit(rowC);
        if (method == AnalogyMethod.COS_MUL) {
            for (int row = 0; row < size(); row++) {
                best.offer(row, half(cosine(row, unitB)) * half(cosine(row, unitC)) / (half(cosine(row, unitA)) + 0.001f));
            }
            return best.neighbours(vocabulary);
        }
        kernels.axpy(-1, unitA, 0, unitB, 0, unitB.length);
        kernels.axpy(1, unitC, 0, unitB, 0, unitB.length);
        kernels.scale(inverseLength(unitB, 0, dimension()), unitB, 0, dimension());
        return search(unitB, best);
    }

    /**
     * Returns the same words with vectors of length 1; zeros stay zeros.
     *
     * @return a copy
     */
    public Embeddings normalized() {
        Matrix unit = Matrix.create(size(), dimension());
        for (int row = 0; row < size(); row++) {
            unit.setRow(row, unit(row), 0);
        }
        return new Embeddings(vocabulary, unit);
    }

    /**
     * Returns the same words with vectors freed of what all of them have in common: the mean is taken out, then the directions in which the vectors differ most
     * (Mu, Viswanath: "All-but-the-Top", arXiv 1702.01417, who take out 3 for word2vec). Those tell little of the meaning of a word, much of its frequency,
     * so fewer rare words are near to everything. Vectors of zeros stay zeros.
     *
     * <p>On 100 MB of English Wikipedia (dimension 100, 5 epochs, mean of seeds 1, 2, 3) 3 directions less made 31.3 instead of 30.1 % of the semantic and 40.1
     * instead of 41.9 % of the syntactic analogies right. {@code normalized().allButTheTop(0)}, for which all words weigh the same, gained in both: 31.2 and
     * 42.4 %.
     *
     * @param directions how many, 0 (only the mean) to the dimension; all of them are taken out when the vectors differ in fewer
     * @return a copy; the same bits on every backend
     * @throws IllegalArgumentException if the number is out of range
     */
    public Embeddings allButTheTop(int directions) {
        if (directions < 0 || directions > dimension()) {
            throw new IllegalArgumentException("directions: got " + directions + ", wanted 0 to " + dimension() + ", the dimension");
        }
        CommonPart common = new CommonPart(vectors, directions);
        Matrix rest = Matrix.create(size(), dimension());
        float[] vector = new float[dimension()];
        for (int row = 0; row < size(); row++) {
            if (inverseLengths[row] != 0) {
                vectors.copyRow(row, vector, 0);
                common.takeOut(vector);
                rest.setRow(row, vector, 0);
            }
        }
        return new Embeddings(vocabulary, rest);
    }

    /**
     * Returns only the first words: by custom the most frequent ones.
     *
     * @param n how many, at least 0
     * @return a copy of the first {@code n} words; these embeddings themselves if they have no more
     */
    public Embeddings first(int n) {
        if (n >= size()) {
            return this;
        }
        Matrix few = Matrix.create(n, dimension());
        for (int row = 0; row < n; row++) {
            few.setRow(row, vectors.array(row), vectors.offset(row));
        }
        long[] counts = IntStream.range(0, n).mapToLong(vocabulary::count).toArray();
        return new Embeddings(Vocabulary.of(vocabulary.words().subList(0, n), counts), few);
    }

    private int row(String word) {
        int row = vocabulary.index(word);
        if (row < 0) {
            throw new UnknownWordException(word, Spelling.similar(word, vocabulary));
        }
        return row;
    }

    private static int checkCount(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("number of words wanted: got " + n + ", wanted >= 1");
        }
        return n;
    }

    private static float half(float cosine) {
        return (cosine + 1) / 2;
    }

    /** A row of length 1, padded as rows are. */
    private float[] unit(int row) {
        float[] query = new float[vectors.stride()];
        kernels.axpy(inverseLengths[row], vectors.array(row), vectors.offset(row), query, 0, dimension());
        return query;
    }

    private float cosine(int row, float[] query) {
        return kernels.dot(vectors.array(row), vectors.offset(row), query, 0, query.length) * inverseLengths[row];
    }

    private List<Neighbour> search(float[] query, BestRows best) {
        for (int row = 0; row < size(); row++) {
            best.offer(row, cosine(row, query));
        }
        return best.neighbours(vocabulary);
    }

    /** 1 / length; 0 for zeros; NaN if a number is not finite. */
    private float inverseLength(float[] array, int offset, int length) {
        double squares = kernels.sumOfSquares(array, offset, length);
        if (!(squares > 1e-30 && squares < 1e38)) {
            squares = 0;
            for (int i = 0; i < length; i++) {
                squares += (double) array[offset + i] * array[offset + i];
            }
            if (!(squares < Double.POSITIVE_INFINITY)) {
                return Float.NaN;
            }
        }
        return squares == 0 ? 0 : (float) Math.min(1 / Math.sqrt(squares), Float.MAX_VALUE);
    }
}

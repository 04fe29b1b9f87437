package io.github.lanewise.word2vec;

/**
 * How the answer d of "a is to b as c is to d" is scored (Levy and Goldberg, "Linguistic Regularities in Sparse and Explicit Word
 * Representations", CoNLL 2014).
 */
public enum AnalogyMethod {
    /** 3CosAdd, as word2vec.c: {@code cos(d, b - a + c)} of unit vectors. */
    COS_ADD,
    /** 3CosMul: {@code cos(d, b) * cos(d, c) / (cos(d, a) + 0.001)} with cosines moved to 0..1, {@code (cos + 1) / 2}. */
    COS_MUL
}

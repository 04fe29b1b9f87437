package io.github.lanewise.golden;

/** A model in training: the double reference, or the library. */
public interface Learner {
    /** Loss before the update, and the norm of all gradients before clipping. */
    record Progress(double loss, double gradientNorm) {
    }

    /** Does one iteration: forward, loss, backward, clipping, update. */
    Progress learn(TrainingTask.Window window);

    /** Returns W_ih, W_hh, b, W_hy, b_y as they are now. */
    double[][] weights();
}

package io.github.lanewise.word2vec;

import java.util.List;

/**
 * Everything that training needs to go on but the text: what a checkpoint holds.
 *
 * @param options how the model is trained
 * @param model the words and both matrices, not copied
 * @param tokens length of the text in tokens (words and ends of sentences)
 * @param checksum of these tokens
 * @param workers one state for each thread
 */
public record TrainingState(TrainingOptions options, Word2VecModel model, long tokens, long checksum, List<WorkerState> workers) {
    /**
     * Checks that the parts fit.
     *
     * @throws IllegalArgumentException if they do not
     */
    public TrainingState {
        workers = List.copyOf(workers);
        if (workers.size() != options.threads() || model.input().dimension() != options.dimension()) {
            throw new IllegalArgumentException("training state: got " + workers.size() + " workers and dimension " + model.input().dimension()
                    + ", wanted " + options.threads() + " and " + options.dimension());
        }
    }
}

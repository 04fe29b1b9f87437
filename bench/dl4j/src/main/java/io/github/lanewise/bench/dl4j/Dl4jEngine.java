package io.github.lanewise.bench.dl4j;

import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.engine.Engine;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.Training;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's LSTM and SimpleRnn layers in a network of one layer, with nd4j-native. */
public final class Dl4jEngine implements Engine {
    /** Found by name. */
    public Dl4jEngine() {}

    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public String version() {
        return "DL4J 1.0.0-M2.1 with nd4j-native, 1 thread";
    }

    @Override
    public Optional<Contestant> prepare(Task task) {
        Nd4j.getEnvironment().setMaxThreads(1);
        return switch (task) {
            case Step step -> Optional.of(new Dl4jLayer.Stream(step.network()));
            case Sequence sequence -> Optional.of(new Dl4jLayer.Forward(sequence));
            case Training training -> Optional.of(new Dl4jLayer.ForwardBackward(training));
            default -> Optional.empty();
        };
    }
}

package io.github.lanewise.golden;

import io.github.lanewise.oracle.Batch;
import io.github.lanewise.oracle.ElmanLayer;
import io.github.lanewise.oracle.LstmLayer;
import io.github.lanewise.oracle.RecurrentLayer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The double-precision reference run on a golden case. */
final class ReferenceSubject implements Subject {
    private final Function<RecurrentCase, RecurrentLayer> layerOf;

    ReferenceSubject() {
        this(ReferenceSubject::layer);
    }

    ReferenceSubject(Function<RecurrentCase, RecurrentLayer> layerOf) {
        this.layerOf = layerOf;
    }

    static RecurrentLayer layer(RecurrentCase c) {
        double[] wIh = c.values("W_ih");
        double[] wHh = c.values("W_hh");
        return c.lstm() ? new LstmLayer(c.inputs(), c.hidden(), wIh, wHh, c.bias())
                : new ElmanLayer(c.activation(), c.inputs(), c.hidden(), wIh, wHh, c.bias());
    }

    @Override
    public Map<String, double[]> run(RecurrentCase c) {
        RecurrentLayer layer = layerOf.apply(c);
        Batch batch = new Batch(c.steps(), c.lengths(), c.values("x"), c.values("h0"), c.values("c0"));
        RecurrentLayer.Forward f = layer.forward(batch);
        RecurrentLayer.Gradients d = layer.backward(batch, f, c.values("dy"), c.values("dhT"), c.values("dcT"));
        Map<String, double[]> outputs = new LinkedHashMap<>();
        outputs.put("y", f.y());
        outputs.put("hT", f.hT());
        outputs.put("cT", f.cT());
        outputs.put("c_seq", f.cells());
        outputs.put("gates_ifgo", f.gates());
        outputs.put("d_x", d.x());
        outputs.put("d_h0", d.h0());
        outputs.put("d_c0", d.c0());
        outputs.put("d_W_ih", d.wIh());
        outputs.put("d_W_hh", d.wHh());
        outputs.put("d_b_ih", d.bias());
        outputs.put("d_b_hh", d.bias());
        return outputs;
    }
}

package io.github.lanewise.bench.peers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.primitive;

/** A primitive of oneDNN with its arguments, prepared once, so that a run is one call of the C interface. */
final class DnnlCall {
    private final primitive owner;
    private final dnnl_primitive handle;
    private final Map<Integer, DnnlMemory> memories = new LinkedHashMap<>();
    private dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(0);

    DnnlCall(primitive owner) {
        this.owner = owner;
        handle = owner.get();
    }

    DnnlCall with(int argument, DnnlMemory memory) {
        memories.put(argument, memory);
        return this;
    }

    DnnlCall ready() {
        arguments = new dnnl_exec_arg_t(memories.size());
        int i = 0;
        for (Map.Entry<Integer, DnnlMemory> entry : memories.entrySet()) {
            arguments.getPointer(i).arg(entry.getKey()).memory(entry.getValue().handle().get());
            i++;
        }
        return this;
    }

    void run() {
        int status = dnnl.dnnl_primitive_execute(handle, DnnlMemory.STREAM.get(), memories.size(), arguments);
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN: " + owner.getClass().getSimpleName() + " gave status " + status);
        }
    }
}

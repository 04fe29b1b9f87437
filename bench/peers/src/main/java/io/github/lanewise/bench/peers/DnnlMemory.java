package io.github.lanewise.bench.peers;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** oneDNN's memory objects around native arrays. */
final class DnnlMemory {
    static final engine CPU = new engine(dnnl.dnnl_cpu, 0);
    static final stream STREAM = new stream(CPU);

    private final memory.desc description;
    private final memory handle;
    private final FloatPointer data;

    /** oneDNN allocates: its packed weights need an alignment that an array of ours need not have. */
    private DnnlMemory(memory.desc description) {
        this.description = description;
        handle = new memory(description, CPU);
        data = new FloatPointer(handle.get_data_handle());
        data.capacity(description.get_size() / 4);
        clear();
    }

    /** A format of float arrays. */
    static memory.desc description(memory.format_tag format, long... shape) {
        return new memory.desc(shape, memory.data_type.f32, format);
    }

    static DnnlMemory of(memory.desc description, float[] values) {
        DnnlMemory memory = new DnnlMemory(description);
        memory.data.put(values);
        return memory;
    }

    static DnnlMemory zero(memory.desc description) {
        return new DnnlMemory(description);
    }

    /** A copy in the format that a primitive wants. */
    DnnlMemory as(memory.desc wanted) {
        DnnlMemory copy = zero(wanted);
        copyTo(copy).run();
        return copy;
    }

    /** A call that copies this into the format of another one. */
    DnnlCall copyTo(DnnlMemory copy) {
        return new DnnlCall(new reorder(handle, copy.handle)).with(dnnl.DNNL_ARG_FROM, this).with(dnnl.DNNL_ARG_TO, copy).ready();
    }

    final void clear() {
        Pointer.memset(data, 0, description.get_size());
    }

    memory handle() {
        return handle;
    }

    float[] read(int length) {
        float[] values = new float[length];
        data.get(values);
        return values;
    }
}

package io.github.lanewise.bench.peers;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;

import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.engine.Engine;
import io.github.lanewise.bench.task.Product;
import io.github.lanewise.bench.task.Task;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** OpenBLAS: {@code sgemm} on native memory. */
public final class OpenBlas implements Engine {
    @Override
    public String name() {
        return "openblas";
    }

    @Override
    public String version() {
        String core = System.getenv("OPENBLAS_CORETYPE");
        return "OpenBLAS " + MavenVersion.of("org.bytedeco", "openblas") + ", 1 thread, OPENBLAS_CORETYPE "
                + (core == null ? "not set" : core + " (left alone it may pick AVX2 kernels on AVX-512 machines)");
    }

    @Override
    public Optional<Contestant> prepare(Task task) {
        return task instanceof Product product ? Optional.of(new Multiply(product)) : Optional.empty();
    }

    private static final class Multiply implements Contestant {
        private final Product product;
        private final FloatPointer a;
        private final FloatPointer b;
        private final FloatPointer c;

        Multiply(Product product) {
            this.product = product;
            openblas_nolapack.blas_set_num_threads(1);
            a = new FloatPointer(product.left());
            b = new FloatPointer(product.right());
            c = new FloatPointer(new float[product.rows() * product.columns()]);
        }

        @Override
        public void run() {
            openblas_nolapack.cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, product.rows(), product.columns(), product.inner(),
                    1, a, product.inner(), b, product.columns(), 1, c, product.columns());
        }

        @Override
        public float[][] output() {
            float[] values = new float[product.rows() * product.columns()];
            c.get(values);
            return new float[][] {values};
        }

        @Override
        public void close() {
            a.close();
            b.close();
            c.close();
        }
    }
}

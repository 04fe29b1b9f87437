package io.github.lanewise.bench.digits;

/**
 * Sound as frames of 17 numbers: the logarithms of the power in bands that grow wider with frequency, evenly spaced on the mel scale (O'Shaughnessy 1987),
 * from Hann windows of 32 ms every 16 ms at 8 kHz.
 */
final class LogBands {
    static final int BANDS = 17;
    private static final int WINDOW = 256;
    private static final int HOP = 128;
    private static final double RATE = 8000;
    private static final double LOWEST = 100;
    private static final double FLOOR = 1e-6;

    private final double[] window = new double[WINDOW];
    private final double[][] weights = new double[BANDS][WINDOW / 2 + 1];
    private final double[] re = new double[WINDOW];
    private final double[] im = new double[WINDOW];

    LogBands() {
        for (int i = 0; i < WINDOW; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW);
        }
        // Triangles between neighbouring edges, which overlap by half.
        double first = mel(LOWEST);
        double width = (mel(RATE / 2) - first) / (BANDS + 1);
        for (int band = 0; band < BANDS; band++) {
            double middle = first + (band + 1) * width;
            for (int bin = 0; bin <= WINDOW / 2; bin++) {
                weights[band][bin] = Math.max(0, 1 - Math.abs(mel(bin * RATE / WINDOW) - middle) / width);
            }
        }
    }

    /** Frames of a sound: {@code [frames][BANDS]}, at least one. */
    float[] of(float[] samples) {
        int frames = Math.max(1, (samples.length - WINDOW) / HOP + 1);
        float[] bands = new float[frames * BANDS];
        for (int frame = 0; frame < frames; frame++) {
            for (int i = 0; i < WINDOW; i++) {
                int at = frame * HOP + i;
                re[i] = at < samples.length ? samples[at] * window[i] : 0;
                im[i] = 0;
            }
            transform();
            for (int band = 0; band < BANDS; band++) {
                double power = 0;
                for (int bin = 0; bin <= WINDOW / 2; bin++) {
                    power += weights[band][bin] * (re[bin] * re[bin] + im[bin] * im[bin]);
                }
                bands[frame * BANDS + band] = (float) Math.log(power + FLOOR);
            }
        }
        return bands;
    }

    /** The discrete Fourier transform in place (Cooley and Tukey 1965). */
    private void transform() {
        for (int i = 1; i < WINDOW; i++) {
            int j = Integer.reverse(i) >>> (32 - Integer.numberOfTrailingZeros(WINDOW));
            if (i < j) {
                swap(re, i, j);
                swap(im, i, j);
            }
        }
        for (int half = 1; half < WINDOW; half *= 2) {
            for (int k = 0; k < half; k++) {
                double c = Math.cos(Math.PI * k / half);
                double s = -Math.sin(Math.PI * k / half);
                for (int i = k; i < WINDOW; i += 2 * half) {
                    double oddRe = re[i + half] * c - im[i + half] * s;
                    double oddIm = re[i + half] * s + im[i + half] * c;
                    re[i + half] = re[i] - oddRe;
                    im[i + half] = im[i] - oddIm;
                    re[i] += oddRe;
                    im[i] += oddIm;
                }
            }
        }
    }

    private static void swap(double[] a, int i, int j) {
        double kept = a[i];
        a[i] = a[j];
        a[j] = kept;
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }
}

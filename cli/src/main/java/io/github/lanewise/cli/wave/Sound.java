package io.github.lanewise.cli.wave;

/** One channel of sound. */
final class Sound {
    private final double rate;
    private final int channels;
    private final float[] samples;

    /** A sound that holds on to the samples, which are in -1 to 1; {@code channels} were mixed down to them. */
    Sound(double rate, int channels, float[] samples) {
        this.rate = rate;
        this.channels = channels;
        this.samples = samples;
    }

    /** Two tones, 440 Hz and a fifth above, three seconds at 8 kHz. */
    static Sound twoTones() {
        double rate = 8000;
        float[] samples = new float[(int) (3 * rate)];
        for (int i = 0; i < samples.length; i++) {
            double turn = 2 * Math.PI * i / rate;
            samples[i] = (float) (0.5 * StrictMath.sin(440 * turn) + 0.3 * StrictMath.sin(660 * turn));
        }
        return new Sound(rate, 1, samples);
    }

    /** Samples per second. */
    double rate() {
        return rate;
    }

    /** Channels that were mixed down. */
    int channels() {
        return channels;
    }

    /** The live samples. */
    float[] samples() {
        return samples;
    }

    /** The largest magnitude among the first samples. */
    float peak(int length) {
        float peak = 0;
        for (int i = 0; i < length; i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        return peak;
    }
}

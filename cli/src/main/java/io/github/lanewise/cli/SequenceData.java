package io.github.lanewise.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Rows of numbers, the last of which is the answer to those before it.
 *
 * @param rows the rows, all of one length, in the order of the file
 */
record SequenceData(List<double[]> rows) {
    /** Every fifth row is kept for testing, from the third on, so that the last row of a count is trained on. */
    private static final int HELD_OUT_EVERY = 5;
    private static final int HELD_OUT_FIRST = 2;

    /** The numbers that come with the command: 0,1,2,3,4 to 5 up to 99,100,101,102,103 to 104. */
    static SequenceData ours() {
        try (InputStream in = Objects.requireNonNull(SequenceData.class.getResourceAsStream("count.csv"))) {
            return read(Path.of("count.csv"), new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a file of comma-separated numbers; empty lines and lines that begin with # are skipped. */
    static SequenceData read(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return read(file, reader);
        } catch (NoSuchFileException e) {
            throw UserError.in(file, "no such file", "a file with rows of comma-separated numbers");
        } catch (MalformedInputException e) {
            throw UserError.in(file, "bytes that are not UTF-8 text", "rows of comma-separated numbers");
        } catch (IOException e) {
            throw UserError.in(file, e.toString(), "a readable file");
        }
    }

    private static SequenceData read(Path file, BufferedReader reader) throws IOException {
        List<double[]> rows = new ArrayList<>();
        int lineNumber = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lineNumber++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            double[] row = parse(file, lineNumber, line);
            int wanted = rows.isEmpty() ? row.length : rows.get(0).length;
            if (row.length != wanted) {
                throw UserError.at(file, lineNumber, row.length + " numbers", wanted + " as in the rows before");
            }
            rows.add(row);
        }
        if (rows.size() < 2 * HELD_OUT_EVERY) {
            throw UserError.in(file, rows.size() + " rows", "at least " + 2 * HELD_OUT_EVERY + ", every " + HELD_OUT_EVERY + "th is kept for testing");
        }
        if (rows.stream().flatMapToDouble(Arrays::stream).distinct().count() < 2) {
            throw UserError.in(file, "the same number everywhere", "numbers that differ");
        }
        return new SequenceData(rows);
    }

    private static double[] parse(Path file, int lineNumber, String line) {
        String[] fields = line.split(",", -1);
        if (fields.length < 2) {
            throw UserError.at(file, lineNumber, "'" + line.strip() + "'", "at least 2 numbers, separated by commas");
        }
        double[] row = new double[fields.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = number(file, lineNumber, fields[i].strip());
        }
        return row;
    }

    private static double number(Path file, int lineNumber, String text) {
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw UserError.at(file, lineNumber, "'" + text + "'", "a number");
        }
        if (!(Math.abs(number) <= 1e30)) {
            throw UserError.at(file, lineNumber, text, "a number between -1e30 and 1e30");
        }
        return number;
    }

    /** Numbers before the answer. */
    int steps() {
        return rows.get(0).length - 1;
    }

    List<double[]> training() {
        return select(false);
    }

    List<double[]> heldOut() {
        return select(true);
    }

    double[] last() {
        return rows.get(rows.size() - 1);
    }

    private List<double[]> select(boolean heldOut) {
        List<double[]> chosen = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if ((i % HELD_OUT_EVERY == HELD_OUT_FIRST) == heldOut) {
                chosen.add(rows.get(i));
            }
        }
        return chosen;
    }
}

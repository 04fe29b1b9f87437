package io.github.lanewise.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The result of a command: text for people or one JSON object, on the standard output; everything else goes to the error stream. */
public final class Output {
    /** JSON has no NaN: what is not known is null. */
    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .setPrettyPrinting()
            .registerTypeAdapter(Double.class, (JsonSerializer<Double>) (value, type, context) ->
                    Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE)
            .create();

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** A mixin, filled by picocli. */
    public Output() {}

    /**
     * Prints a result.
     *
     * @param result what JSON is made of
     * @param text prints it for people
     */
    public void print(Object result, Consumer<PrintWriter> text) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(GSON.toJson(result));
        } else {
            text.accept(out);
        }
        out.flush();
    }

    /**
     * Tells whether the result is wanted as JSON.
     *
     * @return true with {@code --json}
     */
    public boolean isJson() {
        return json;
    }

    /**
     * Returns the error stream.
     *
     * @return where progress and remarks go
     */
    public PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /**
     * Formats text the same way everywhere.
     *
     * @param pattern as for {@link String#format}
     * @param values what to fill in
     * @return the text
     */
    // The annotation it asks for is in a library that nothing else here needs.
    @SuppressWarnings("AnnotateFormatMethod")
    public static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** Something that reads or writes files. */
    public interface Work {
        /**
         * Does it.
         *
         * @throws IOException if a file makes trouble
         */
        void run() throws IOException;
    }

    /**
     * Runs the work of a command.
     *
     * @param work what to do
     * @return {@link ExitCode#OK}
     * @throws UserError if there is trouble with files, or too little memory for one
     */
    public static int run(Work work) {
        try {
            work.run();
            return ExitCode.OK;
        } catch (NoSuchFileException e) {
            throw UserError.in(Path.of(e.getFile()), "no such file or folder", "one that exists");
        } catch (AccessDeniedException e) {
            throw UserError.in(Path.of(e.getFile()), "no permission", "access to it");
        } catch (FileAlreadyExistsException e) {
            throw UserError.in(Path.of(e.getFile()), "a file", "a folder");
        } catch (IOException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            throw new UserError("heap: got " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB, wanted more for so much data; set it with JDK_JAVA_OPTIONS=-Xmx...");
        }
    }

    /**
     * Checks the value of an option.
     *
     * @param option its name
     * @param got its value
     * @param least smallest value
     * @throws UserError if it is smaller
     */
    public static void requireAtLeast(String option, int got, int least) {
        if (got < least) {
            throw new UserError(option + ": got " + got + ", wanted >= " + least);
        }
    }

    /**
     * Checks the value of an option.
     *
     * @param option its name
     * @param got its value
     * @param least smallest value
     * @param most largest value
     * @throws UserError if it is out of range
     */
    public static void requireRange(String option, int got, int least, int most) {
        if (got < least || got > most) {
            throw new UserError(option + ": got " + got + ", wanted " + least + " to " + most);
        }
    }

    /**
     * Checks an option that is a number.
     *
     * @param option its name
     * @param got its value
     * @param least smallest value
     * @param most largest value
     * @throws UserError if it is out of range or not a number
     */
    public static void requireRange(String option, double got, double least, double most) {
        if (!(got >= least && got <= most)) {
            throw new UserError(option + ": got " + got + ", wanted " + least + " to " + most);
        }
    }

    /**
     * Checks a place for a file: to be called before the work whose result goes there.
     *
     * @param option the option that names it
     * @param output the file
     * @throws UserError if a file cannot be written there
     */
    public static void requireWritable(String option, Path output) {
        Path folder = Optional.ofNullable(output.toAbsolutePath().getParent()).orElse(output);
        if (!Files.isDirectory(folder)) {
            throw new UserError(option + ": got " + output + ", wanted a file in a folder that exists");
        }
        if (Files.isDirectory(output)) {
            throw new UserError(option + ": got the folder " + output + ", wanted a file");
        }
        if (!Files.isWritable(Files.exists(output) && !Files.isRegularFile(output) ? output : folder)) {
            throw new UserError(option + ": got " + output + ", wanted a place where writing is allowed");
        }
    }
}

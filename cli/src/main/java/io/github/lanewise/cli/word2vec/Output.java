package io.github.lanewise.cli.word2vec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.github.lanewise.cli.ExitCode;
import io.github.lanewise.cli.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The result of a command: text for people or one JSON object, on the standard output; everything else goes to the error stream. */
final class Output {
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

    /** Prints a result, either as JSON or by the given printer of text. */
    void print(Object result, Consumer<PrintWriter> text) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(GSON.toJson(result));
        } else {
            text.accept(out);
        }
        out.flush();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    // The annotation it asks for is in a library that nothing else here needs.
    @SuppressWarnings("AnnotateFormatMethod")
    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** Something that reads or writes files. */
    interface Work {
        void run() throws IOException;
    }

    /** Runs the work of a command; trouble with files, and too little memory for one, become a {@link UserError}. */
    static int run(Work work) {
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
                    + " MiB, wanted more for so many words; set it with JDK_JAVA_OPTIONS=-Xmx...");
        }
    }

    /** Throws a {@link UserError} unless a value of an option is in its range. */
    static void requireAtLeast(String option, int got, int least) {
        if (got < least) {
            throw new UserError(option + ": got " + got + ", wanted >= " + least);
        }
    }
}

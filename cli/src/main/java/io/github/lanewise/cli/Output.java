package io.github.lanewise.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.PrintWriter;
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
     * @param result a record, printed as JSON if that is wanted
     * @param text prints it for people otherwise
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
     * Returns the error stream of the command.
     *
     * @return where progress and remarks go
     */
    public PrintWriter err() {
        return spec.commandLine().getErr();
    }
}

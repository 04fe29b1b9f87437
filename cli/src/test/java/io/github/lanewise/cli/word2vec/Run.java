package io.github.lanewise.cli.word2vec;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.lanewise.cli.CommandLines;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run of {@code lanewise word2vec} in this JVM.
 *
 * @param code the exit code
 * @param out what it printed
 * @param err what it said besides
 */
record Run(int code, String out, String err) {
    static Run of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = Stream.concat(Stream.of("word2vec"), Arrays.stream(arguments).map(Object::toString)).toArray(String[]::new);
        int code = CommandLines.ours().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(all);
        return new Run(code, out.toString(), err.toString());
    }

    /** The one JSON object that is all of the output. */
    JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }

    List<String> errLines() {
        return err.lines().toList();
    }

}

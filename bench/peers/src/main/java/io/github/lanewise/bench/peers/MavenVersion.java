package io.github.lanewise.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of a library, from the jar it lies in, without loading it. */
final class MavenVersion {
    private MavenVersion() {}

    static String of(String group, String artifact) {
        String place = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = MavenVersion.class.getResourceAsStream(place)) {
            if (in == null) {
                return "of unknown version";
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            return "of unknown version";
        }
    }
}

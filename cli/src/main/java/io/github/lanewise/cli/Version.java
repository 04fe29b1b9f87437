package io.github.lanewise.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code lanewise --version} prints: our version, from the jar's manifest, and the JVM it runs on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "lanewise " + (version == null ? "(not run from its jar)" : version),
            "Java ${java.version} (${java.vendor}, ${java.vm.name} ${java.vm.version}), ${os.name} ${os.arch}"
        };
    }
}

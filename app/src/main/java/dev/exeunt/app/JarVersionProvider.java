package dev.exeunt.app;

import picocli.CommandLine.IVersionProvider;

/** Provides the version of the jar for --version. */
final class JarVersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"exeunt " + (version == null ? "(not packaged)" : version)};
    }
}

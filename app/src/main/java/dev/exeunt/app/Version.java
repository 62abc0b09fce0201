package dev.exeunt.app;

import picocli.CommandLine.IVersionProvider;

/** The jar's. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"exeunt " + (version == null ? "(not packaged)" : version)};
    }
}

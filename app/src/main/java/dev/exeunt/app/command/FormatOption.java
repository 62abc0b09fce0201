package dev.exeunt.app.command;

import picocli.CommandLine.Option;

/** For people or for machines. */
public final class FormatOption {

    enum Format {
        TEXT,
        JSON;

        /** As it is typed and as help shows it. */
        @Override
        public String toString() {
            return this == TEXT ? "text" : "json";
        }
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How the result is written: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    public boolean json() {
        return format == Format.JSON;
    }
}

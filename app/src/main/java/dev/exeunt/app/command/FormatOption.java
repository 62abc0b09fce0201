package dev.exeunt.app.command;

import picocli.CommandLine.Option;

/** For people or for machines. */
public final class FormatOption {

    /** Lists the formats of a report: text and JSON. */
    enum ReportFormat {
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
    private ReportFormat format = ReportFormat.TEXT;

    public boolean json() {
        return format == ReportFormat.JSON;
    }
}

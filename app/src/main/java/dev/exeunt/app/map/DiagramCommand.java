package dev.exeunt.app.map;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.MapCommand;
import dev.exeunt.app.command.OutputFile;
import dev.exeunt.app.report.DiagramReport;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.MapDiagram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code exeunt diagram}: the map as a picture. */
@Command(
        name = "diagram",
        abbreviateSynopsis = true,
        header = {"Draw the map.", ""},
        description = {
            "The person and every table, how its rows belong to the person, and what becomes of them. Also of a map with"
                    + " findings: what is undecided or not in the map stands out. Reads the catalogue, and no row.",
            ""
        })
public final class DiagramCommand extends MapCommand {

    /** Lists the formats of a diagram: SVG and DOT. */
    enum DiagramFormat {
        SVG,
        DOT;

        /** As it is typed and as help shows it. */
        @Override
        public String toString() {
            return this == SVG ? "svg" : "dot";
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to draw it; - is standard output (default: map.svg, or map.dot).")
    private @Nullable String output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "${COMPLETION-CANDIDATES}, which is for Graphviz (default: as the file's name ends, else svg).")
    private @Nullable DiagramFormat format;

    @Option(names = "--force", description = "Overwrite the file if it exists.")
    private boolean force;

    public DiagramCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        DiagramFormat as = format();
        String target = output == null ? "map." + as : output;
        OutputFile file = new OutputFile(target, force);
        file.refuseExisting();
        MapDiagram diagram;
        try (TerminalProgress progress = say.progress(session, "reading the catalogue")) {
            DataMap read = map.read();
            diagram = database.open(session.terminal(), progress).diagram(read);
        }
        String drawn = as == DiagramFormat.SVG ? diagram.svg() : diagram.dot();
        file.write(session, drawn);
        if (!say.quiet()) {
            // beside a picture on standard output, standard error tells of it
            ReportPage page = file.isStandardOutput() ? say.err(session) : say.out(session);
            new DiagramReport(diagram.summary(), file.isStandardOutput() ? null : target).text(page);
        }
        return ExitCode.DONE.code();
    }

    private DiagramFormat format() {
        if (format != null) {
            return format;
        }
        boolean dot = output != null && (output.endsWith(".dot") || output.endsWith(".gv"));
        return dot ? DiagramFormat.DOT : DiagramFormat.SVG;
    }
}

package dev.exeunt.app;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.report.DiagramReport;
import dev.exeunt.app.terminal.AtomicFile;
import dev.exeunt.app.terminal.Page;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.diagram.Diagram;
import dev.exeunt.map.DataMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
final class DiagramCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";

    enum Format {
        SVG,
        DOT;

        /** As it is typed and as help shows it. */
        @Override
        public String toString() {
            return this == SVG ? "svg" : "dot";
        }
    }

    private final Session session;

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
    private @Nullable Format format;

    @Option(names = "--force", description = "Overwrite the file if it exists.")
    private boolean force;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final MapOptions map = new MapOptions();

    @Mixin
    private final OutputOptions say = new OutputOptions();

    DiagramCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Format as = format();
        String target = output == null ? "map." + as : output;
        boolean toStandardOutput = target.equals(STANDARD_OUTPUT);
        if (!toStandardOutput) {
            refuseExisting(target);
        }
        Diagram diagram;
        try (TerminalProgress progress = say.progress(session, "reading the catalogue")) {
            DataMap read = map.read();
            diagram = database.open(session.terminal(), progress).diagram(read);
        }
        String drawn = as == Format.SVG ? diagram.svg() : diagram.dot();
        session.interruption().pointOfNoReturn();
        if (toStandardOutput) {
            session.terminal().out().print(drawn);
        } else {
            write(target, drawn);
        }
        if (!say.quiet()) {
            // beside a picture on standard output, standard error tells of it
            Page page = toStandardOutput ? say.err(session) : say.out(session);
            new DiagramReport(diagram.summary(), toStandardOutput ? null : target).text(page);
        }
        return Exit.DONE.code();
    }

    private Format format() {
        if (format != null) {
            return format;
        }
        boolean dot = output != null && (output.endsWith(".dot") || output.endsWith(".gv"));
        return dot ? Format.DOT : Format.SVG;
    }

    private void refuseExisting(String target) {
        if (!force && Files.exists(Path.of(target), LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(
                    target + " exists and was left as it is. Say --force to overwrite it, or -o for another file.");
        }
    }

    private void write(String target, String drawn) {
        try (AtomicFile file = AtomicFile.of(Path.of(target))) {
            file.write(drawn.getBytes(StandardCharsets.UTF_8));
            file.publish(force);
        } catch (FileAlreadyExistsException e) {
            refuseExisting(target);
        } catch (IOException e) {
            throw new ExeuntException(target + " cannot be written: " + AtomicFile.reason(e) + ".", e);
        }
    }
}

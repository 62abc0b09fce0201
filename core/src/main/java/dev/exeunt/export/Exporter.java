package dev.exeunt.export;

import dev.exeunt.ExeuntException;
import dev.exeunt.Progress;
import dev.exeunt.files.SafeFile;
import dev.exeunt.map.ExportSettings.Format;
import dev.exeunt.plan.Plan;
import dev.exeunt.postgres.DatabaseException;
import dev.exeunt.postgres.SearchPath;
import dev.exeunt.reach.Capture;
import dev.exeunt.reach.Reach;
import dev.exeunt.reach.SubjectKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hands a person what the map says is theirs (GDPR, articles 15 and 20): every row of every exported role, read in one
 * snapshot of the database, a row that several roles reach once. Rows pass through one at a time: memory does not grow with
 * their number, only with their size.
 *
 * <p>The connection must have no transaction open, is the exporter's while an export runs, and is as it was afterwards.
 */
public final class Exporter {

    private static final int BUFFER = 1 << 16;

    private final Connection connection;
    private final Plan plan;
    private final Clock clock;
    private final Progress progress;
    private final List<Addition> additions = new ArrayList<>();
    private @Nullable Preparation preparation;

    public Exporter(Connection connection, Plan plan, Clock clock, Progress progress) {
        this.connection = connection;
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    /** What is done in the export's transaction before anything is read. Nothing of it is committed. */
    public interface Preparation {
        void run(Connection connection) throws SQLException;
    }

    /** The same exporter, which does that first. */
    public Exporter first(Preparation first) {
        preparation = first;
        return this;
    }

    /** The same exporter, which adds that section. */
    public Exporter with(Addition addition) {
        additions.add(addition);
        return this;
    }

    /** The name the map gives the subject's bundle made now, with its ending. It may hold the subject's key. */
    public String fileName(SubjectKey subject, Format format) {
        return fileName(plan, subject, format, clock.instant());
    }

    /** The name of one that was made at that moment. */
    public static String fileName(Plan plan, SubjectKey subject, Format format, Instant at) {
        return FileName.of(plan.map().export(), subject, format, at);
    }

    /**
     * Writes into a stream and flushes it, but does not close it. What was written before a failure is worthless: a ZIP
     * without its directory, or half a JSON document.
     *
     * @throws DatabaseException where PostgreSQL refuses
     * @throws ExeuntException where the stream fails, the thread was interrupted, a transaction is open or sections share a name
     */
    public ExportSummary export(SubjectKey subject, Format format, OutputStream out) {
        try {
            return write(subject, format, out);
        } catch (IOException e) {
            throw WriteFailure.of(e, "the export", null);
        }
    }

    /**
     * Writes a file that only its owner may read, and that appears under its name when it is whole and on the disk. On any
     * failure, and when the program is stopped, nothing stands there.
     *
     * @param fileOrDirectory a file that does not exist, or a directory, in which the map's {@link #fileName} is taken
     * @throws DatabaseException where PostgreSQL refuses
     * @throws ExeuntException where the file exists or cannot be written, and as {@link #export}
     */
    public ExportSummary exportTo(Path fileOrDirectory, SubjectKey subject, Format format) {
        Path given = fileOrDirectory.toAbsolutePath().normalize();
        boolean named = !Files.isDirectory(given);
        Path target = named ? given : given.resolve(fileName(subject, format));
        // a name the map made holds a key
        String shown = named ? fileOrDirectory.toString() : "the export's file in " + given;
        Path directory = Objects.requireNonNullElse(target.getParent(), target);
        try (SafeFile file = SafeFile.create(target)) {
            return write(subject, format, file, shown, directory).in(target);
        } catch (IOException e) {
            throw WriteFailure.of(e, shown, directory);
        }
    }

    /** Fails with the part still there, so that a full disk can be told by its being full. */
    private ExportSummary write(SubjectKey subject, Format format, SafeFile file, String shown, Path directory) {
        try {
            ExportSummary summary = write(subject, format, file.stream());
            file.keep();
            return summary;
        } catch (IOException e) {
            throw WriteFailure.of(e, shown, directory);
        }
    }

    private ExportSummary write(SubjectKey subject, Format format, OutputStream out) throws IOException {
        List<Section> sections = Sections.of(plan);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        CountedStream counted = new CountedStream(out);
        OutputStream buffered = new BufferedOutputStream(counted, BUFFER);
        List<Addition> added = additions.stream().map(a -> a.besides(sections)).toList();
        Bundle.Header header = new Bundle.Header(plan.map().export().schema(), now, sections, added);
        Bundle bundle =
                format == Format.ZIP ? new ZipBundle(header, plan, buffered) : new JsonDocument(header, buffered);
        List<ExportSummary.SectionRows> rows = read(header, subject, bundle);
        bundle.finish();
        buffered.flush();
        return new ExportSummary(null, format, counted.bytes(), rows);
    }

    private List<ExportSummary.SectionRows> read(Bundle.Header header, SubjectKey subject, Bundle bundle)
            throws IOException {
        try (Snapshot snapshot = Snapshot.begin(connection, preparation == null)) {
            if (preparation != null) {
                preparation.run(snapshot.connection());
            }
            SearchPath.toRole(snapshot.connection());
            Reach reach = Capture.of(snapshot.connection(), plan, List.of(subject), Capture.Mode.KEYS);
            List<CopySql> all = Stream.concat(
                            header.sections().stream().map(section -> new SectionQuery(section, reach).sql()),
                            header.additions().stream().map(Addition::sql))
                    .toList();
            List<ExportSummary.SectionRows> rows = new ArrayList<>();
            for (CopySql sql : all) {
                progress.at("exporting " + sql.name(), rows.size(), all.size());
                long count = bundle.add(new SectionReader(snapshot.connection(), sql));
                rows.add(new ExportSummary.SectionRows(sql.name(), count));
            }
            return rows;
        } catch (SQLException e) {
            throw DatabaseException.of(e, "reading what to export");
        }
    }
}

package dev.exeunt.internal.export;

import dev.exeunt.ExeuntException;
import dev.exeunt.ProgressListener;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.export.bundle.BundleFileName;
import dev.exeunt.internal.export.bundle.BundleWriter;
import dev.exeunt.internal.export.bundle.FileListing;
import dev.exeunt.internal.export.bundle.JsonBundleWriter;
import dev.exeunt.internal.export.bundle.ZipBundleWriter;
import dev.exeunt.internal.export.media.FileExport;
import dev.exeunt.internal.export.section.CopySql;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.export.section.ExportSections;
import dev.exeunt.internal.export.section.ExtraSection;
import dev.exeunt.internal.export.section.LargeValues;
import dev.exeunt.internal.export.section.SectionQuery;
import dev.exeunt.internal.export.section.SectionReader;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.FormerIdentifier;
import dev.exeunt.internal.reach.KeyCapture;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.support.files.AtomicFileWriter;
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
    private final ProgressListener progress;
    private final List<ExtraSection> additions = new ArrayList<>();
    private @Nullable ExportPreparation preparation;
    private ErasedPeople erased = ErasedPeople.NONE;
    private @Nullable FormerIdentifier value;
    private List<String> chosen;
    private FileStores stores = FileStores.NONE;

    public Exporter(Connection connection, Plan plan, Clock clock, ProgressListener progress) {
        this.connection = connection;
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
        this.chosen = plan.map().chosenSections();
    }

    /** Runs statements in the export's transaction before any row is read. Nothing of it is committed. */
    public interface ExportPreparation {
        void run(Connection connection) throws SQLException;
    }

    /** The same exporter, which does that first. */
    public Exporter withPreparation(ExportPreparation first) {
        preparation = first;
        return this;
    }

    /** The same exporter, which knows by this record whose rows stay although they were erased. */
    public Exporter withErasedPeople(ErasedPeople record) {
        erased = record;
        return this;
    }

    /** The same exporter, which finds the rows that hold a value instead of the rows of a person with an account. */
    public Exporter withValue(FormerIdentifier holder) {
        value = holder;
        return this;
    }

    /** The same exporter, which takes the files along that rows name, where the format holds files. */
    public Exporter withFiles(FileStores holding) {
        stores = holding;
        return this;
    }

    /** The same exporter, which adds that section. */
    public Exporter withSection(ExtraSection addition) {
        additions.add(addition);
        return this;
    }

    /** The same exporter, which writes these sections only; all of them where the list is empty. */
    public Exporter withChosenSections(List<String> names) {
        chosen = List.copyOf(names);
        return this;
    }

    /** The name the map gives the subject's bundle made now, with its ending. It may hold the subject's key. */
    public String fileName(SubjectKey subject, BundleFormat format) {
        return fileName(plan, subject, format, clock.instant());
    }

    /** The name of one that was made at that moment. */
    public static String fileName(Plan plan, SubjectKey subject, BundleFormat format, Instant at) {
        return BundleFileName.of(plan.map().export(), subject, format, at);
    }

    /**
     * Writes into a stream and flushes it, but does not close it. What was written before a failure is worthless: a ZIP
     * without its directory, or half a JSON document.
     *
     * @throws DatabaseException where PostgreSQL refuses
     * @throws ExeuntException where the stream fails, the thread was interrupted, a transaction is open or sections share a name
     */
    public ExportSummary export(SubjectKey subject, BundleFormat format, OutputStream out) {
        try {
            return write(subject, format, out, Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException e) {
            throw ExportWriteFailure.of(e, "the export", null);
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
    public ExportSummary exportTo(Path fileOrDirectory, SubjectKey subject, BundleFormat format) {
        Path given = fileOrDirectory.toAbsolutePath().normalize();
        boolean named = !Files.isDirectory(given);
        Path target = named ? given : given.resolve(fileName(subject, format));
        // a name the map made holds a key
        String shown = named ? fileOrDirectory.toString() : "the export's file in " + given;
        Path directory = Objects.requireNonNullElse(target.getParent(), target);
        try (AtomicFileWriter file = AtomicFileWriter.create(target)) {
            try {
                ExportSummary summary = write(subject, format, file.stream(), directory);
                file.keep();
                return summary.in(target);
            } catch (IOException e) {
                // while the part is still there, so that a full disk can be told by its being full
                throw ExportWriteFailure.of(e, shown, directory);
            }
        } catch (IOException e) {
            throw ExportWriteFailure.of(e, shown, directory);
        }
    }

    /** @param temporary a directory for what has to wait while a ZIP is written */
    private ExportSummary write(SubjectKey subject, BundleFormat format, OutputStream out, Path temporary)
            throws IOException {
        List<ExportSection> sections = ExportSections.of(plan);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        CountingOutputStream counted = new CountingOutputStream(out);
        OutputStream buffered = new BufferedOutputStream(counted, BUFFER);
        List<ExtraSection> added =
                additions.stream().map(a -> a.besides(sections)).toList();
        BundleWriter.BundleHeader header = new BundleWriter.BundleHeader(
                        plan.map().export().schema(), now, sections, added, List.of())
                .limitedTo(chosen);
        try (BundleWriter bundle = format == BundleFormat.ZIP
                ? new ZipBundleWriter(header, plan, buffered, temporary)
                : new JsonBundleWriter(header, plan, buffered)) {
            if (bundle.holdsFiles()) {
                FileExport.requireStores(plan, stores);
            }
            ReadSections read = read(header, subject, bundle);
            FileListing files = writeFiles(read, bundle);
            bundle.finish();
            buffered.flush();
            return new ExportSummary(
                    null, format, counted.bytes(), read.rows(), read.shared(), files.written(), files.missing());
        }
    }

    /** Holds how many rows were written, and how many left out since another present person holds their value. */
    private record ReadSections(
            List<ExportSummary.SectionRows> rows, List<ExportSummary.SectionRows> shared, FileExport files) {}

    /** After the snapshot has ended. */
    private FileListing writeFiles(ReadSections read, BundleWriter bundle) throws IOException {
        progress.at("exporting files", read.rows().size(), read.rows().size());
        return read.files().writeTo(bundle);
    }

    private static List<ExportSummary.SectionRows> shared(List<ExportSection> sections, SubjectRows reach) {
        return sections.stream()
                .map(s -> new ExportSummary.SectionRows(
                        s.name(),
                        s.roles().stream().mapToLong(reach::sharedRows).sum()))
                .filter(s -> s.rows() > 0)
                .toList();
    }

    private static List<CopySql> queries(
            Connection connection, List<ExportSection> sections, SubjectRows reach, BundleWriter bundle)
            throws SQLException {
        List<CopySql> queries = new ArrayList<>();
        if (!bundle.holdsFiles()) {
            sections.forEach(section -> queries.add(new SectionQuery(section, reach, false).sql()));
            return queries;
        }
        LargeValues values = LargeValues.of(connection, reach, sections);
        for (ExportSection section : sections) {
            queries.add(new SectionQuery(section, reach, true, values.columns(section)).sql());
        }
        return queries;
    }

    private ReadSections read(BundleWriter.BundleHeader header, SubjectKey subject, BundleWriter bundle)
            throws IOException {
        try (SnapshotTransaction snapshot = SnapshotTransaction.begin(connection, preparation == null)) {
            if (preparation != null) {
                preparation.run(snapshot.connection());
            }
            SearchPath.toRole(snapshot.connection());
            SubjectRows reach = KeyCapture.capture(
                    snapshot.connection(),
                    plan,
                    value == null
                            ? new LeavingPeople(List.of(subject), erased)
                            : new LeavingPeople(List.of(), erased, List.of(value)),
                    KeyCapture.CaptureMode.KEYS);
            List<CopySql> all = new ArrayList<>(queries(snapshot.connection(), header.sections(), reach, bundle));
            header.additions().forEach(addition -> all.add(addition.sql()));
            List<ExportSummary.SectionRows> shared = shared(header.sections(), reach);
            bundle.leftOut(shared);
            List<ExportSummary.SectionRows> rows = new ArrayList<>();
            for (CopySql sql : all) {
                progress.at("exporting " + sql.name(), rows.size(), all.size());
                long count = bundle.add(new SectionReader(snapshot.connection(), sql));
                rows.add(new ExportSummary.SectionRows(sql.name(), count));
            }
            return new ReadSections(
                    rows,
                    shared,
                    FileExport.read(
                            snapshot.connection(), bundle.holdsFiles() ? header.sections() : List.of(), reach, stores));
        } catch (SQLException e) {
            throw DatabaseException.of(e, "reading what to export");
        }
    }
}

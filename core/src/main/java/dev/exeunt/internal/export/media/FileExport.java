package dev.exeunt.internal.export.media;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.export.bundle.BundleWriter;
import dev.exeunt.internal.export.bundle.FileListing;
import dev.exeunt.internal.export.bundle.FileListing.BundledFile;
import dev.exeunt.internal.export.bundle.FileListing.LeftOutReason;
import dev.exeunt.internal.export.bundle.FileListing.NamingColumn;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.export.section.ExportSection.SectionColumn;
import dev.exeunt.internal.export.section.SectionQuery;
import dev.exeunt.internal.files.FileName;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.files.FileStores.FileLimits;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedFile;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.map.DataMap.FileState;
import dev.exeunt.map.DataMap.StoredFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the files along that exported rows name, and lists large objects that could not be taken along. The names are read in the export's
 * snapshot; the files are read after it, so that a slow store holds no snapshot. Only files of columns that the section shows are taken.
 */
public final class FileExport {

    /** How many values that are left out are listed, beyond the limit of files. */
    private static final int LISTED = 1_000;

    private static final Pattern ENDING = Pattern.compile("[^/]\\.([A-Za-z0-9]{1,8})$");

    private final FileStores stores;
    private final List<NamedFiles> named;
    private final FileListing listing;
    private final Map<String, Integer> numbers = new HashMap<>();
    private int files;
    private long bytes;

    private FileExport(FileStores stores, List<NamedFiles> named, FileListing listing) {
        this.stores = stores;
        this.named = named;
        this.listing = listing;
    }

    /** The values of one column, at most so many, and how many there are. */
    private record NamedFiles(NamingColumn column, PlannedFile file, List<String> values, long count) {}

    /** Requires each store that the plan's tables name. @throws ExeuntException where one is not configured */
    public static void requireStores(Plan plan, FileStores stores) {
        stores.require(plan.tables().stream()
                .flatMap(table -> table.files().stream())
                .map(PlannedFile::store)
                .toList());
    }

    /** Reads which files the rows name, in the export's transaction. */
    public static FileExport read(
            Connection connection, List<ExportSection> sections, SubjectRows reach, FileStores stores)
            throws SQLException {
        List<NamedFiles> named = new ArrayList<>();
        int most = Math.addExact(stores.limits().files(), LISTED);
        for (ExportSection section : sections) {
            for (PlannedFile file : section.planned().files()) {
                Optional<SectionColumn> shown = section.columns().stream()
                        .filter(c -> c.join() == null && c.column().equals(file.column()))
                        .findFirst();
                if (shown.isPresent()) {
                    List<String> values = new ArrayList<>();
                    long[] count = {0};
                    SqlRunner.forEach(
                            connection, new SectionQuery(section, reach, false).texts(shown.get(), most), 0, row -> {
                                values.add(row.getString(1));
                                count[0] = row.getLong(2);
                            });
                    named.add(new NamedFiles(
                            new NamingColumn(section.name(), file.column().name()), file, values, count[0]));
                }
            }
        }
        return new FileExport(stores, named, forbiddenObjects(connection, sections, reach));
    }

    /** Large objects that the role may read are files of the bundle already. */
    private static FileListing forbiddenObjects(Connection connection, List<ExportSection> sections, SubjectRows reach)
            throws SQLException {
        FileListing listing = new FileListing();
        for (ExportSection section : sections) {
            for (SectionColumn column : section.largeObjects()) {
                NamingColumn naming = new NamingColumn(section.name(), column.name());
                long[] unlisted = {0};
                long listed = SqlRunner.forEach(
                        connection,
                        new SectionQuery(section, reach, false).forbiddenObjects(column, LISTED),
                        0,
                        row -> {
                            listing.leaveOut(naming, row.getString(1), LeftOutReason.FORBIDDEN);
                            unlisted[0] = row.getLong(2);
                        });
                if (unlisted[0] > listed) {
                    listing.count(naming, LeftOutReason.FORBIDDEN, unlisted[0] - listed);
                }
            }
        }
        return listing;
    }

    /**
     * Writes the files into the bundle.
     *
     * @return what was written and what was left out
     * @throws IOException where the bundle cannot be written
     * @throws ExeuntException where a store fails
     */
    public FileListing writeTo(BundleWriter bundle) throws IOException {
        for (NamedFiles of : named) {
            for (String value : of.values()) {
                write(bundle, of, value);
            }
            listing.countUnlisted(of.column(), of.count() - of.values().size());
        }
        bundle.filesAdded(listing);
        return listing;
    }

    private void write(BundleWriter bundle, NamedFiles of, String value) throws IOException {
        Optional<String> name = FileName.of(value, of.file().strip());
        if (name.isEmpty()) {
            listing.leaveOut(of.column(), value, LeftOutReason.REFUSED);
        } else if (files >= stores.limits().files()) {
            listing.leaveOut(of.column(), value, LeftOutReason.OVER_LIMIT);
        } else {
            StoredFile stored = open(of.file().store(), name.get());
            try (StoredContent content = new StoredContent(stored, of.file().store())) {
                Optional<LeftOutReason> reason = reason(stored);
                if (reason.isPresent()) {
                    listing.leaveOut(of.column(), value, reason.get());
                } else {
                    String place = place(of.column().section(), name.get());
                    long written = bundle.addFile(place, content, stored.bytes());
                    bytes += written;
                    files++;
                    listing.add(of.column(), value, new BundledFile(place, written, content.picture()));
                }
            }
        }
    }

    private Optional<LeftOutReason> reason(StoredFile stored) {
        FileLimits limits = stores.limits();
        if (stored.state() == FileState.MISSING) {
            return Optional.of(LeftOutReason.MISSING);
        }
        if (stored.state() == FileState.REFUSED) {
            return Optional.of(LeftOutReason.REFUSED);
        }
        if (stored.bytes() > limits.bytesEach()) {
            return Optional.of(LeftOutReason.TOO_LARGE);
        }
        return stored.bytes() > limits.bytesInAll() - bytes ? Optional.of(LeftOutReason.OVER_LIMIT) : Optional.empty();
    }

    private StoredFile open(String store, String name) {
        try {
            return stores.get(store).open(name);
        } catch (IOException e) {
            throw StoredContent.failure(store, e);
        }
    }

    /** A name of ours: a number and the ending, where that is plain. */
    private String place(String section, String name) {
        int number = numbers.merge(section, 1, Integer::sum);
        Matcher ending = ENDING.matcher(name);
        return String.format(
                Locale.ROOT,
                "files/%s/%04d%s",
                section,
                number,
                ending.find() ? "." + ending.group(1).toLowerCase(Locale.ROOT) : "");
    }
}

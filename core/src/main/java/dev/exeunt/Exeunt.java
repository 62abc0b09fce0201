package dev.exeunt;

import dev.exeunt.archive.Archives;
import dev.exeunt.database.Database;
import dev.exeunt.database.OutcomeUnknownException;
import dev.exeunt.erase.ErasurePlan;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.ReceiptKeys;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.Residue;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.facade.CallContext;
import dev.exeunt.internal.facade.MapCalls;
import dev.exeunt.internal.facade.PersonCalls;
import dev.exeunt.internal.files.DirectoryFileStore;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.files.FileStores.FileLimits;
import dev.exeunt.internal.ledger.chain.FileLedgerSink;
import dev.exeunt.internal.ledger.chain.HttpLedgerSink;
import dev.exeunt.internal.ledger.chain.LedgerCopy;
import dev.exeunt.internal.map.jsonschema.MapJsonSchema;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.store.Migrations;
import dev.exeunt.internal.work.ScheduledWorker;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataMap.FileStore;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.map.MapDiagram;
import dev.exeunt.map.MapDraft;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.map.UpdatedMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.work.BackgroundWorker;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the data subject requests of one database: drafts and checks maps, exports, erases, accepts requests. Opens a
 * connection for each call and holds none between calls; safe for use by several threads.
 *
 * <pre>{@code
 * Exeunt exeunt = Exeunt.builder(Database.at("jdbc:postgresql://localhost:5432/shop", "shop", password))
 *         .key(HashKey.ofHex(System.getenv("EXEUNT_KEY"))) // openssl rand -hex 32
 *         .build();
 * DataMap map = Exeunt.readMap(Path.of("exeunt.yaml"));
 * exeunt.export(map, "42", Path.of("exports"), BundleFormat.ZIP);
 * exeunt.erase(map, List.of("42"), receipt -> System.out.println(receipt.toJson()));
 * }</pre>
 *
 * <p>Every method that takes a map proves it against the live schema first, and throws {@link MapInvalidException} with every finding
 * where it does not hold. Keys are written as a user types them: {@code 42}, {@code 7,42} for a key of two columns, {@code
 * email:anna@example.org} by an identifier. A key that names no person, or several, is an {@link UnknownSubjectException}. Every failure
 * is an {@link ExeuntException}, and no message quotes a value of a person.
 */
public final class Exeunt {

    /** The schema of the product's own tables. */
    public static final String SCHEMA = Migrations.SCHEMA;

    private final CallContext context;
    private final MapCalls maps;
    private final PersonCalls people;

    private Exeunt(CallContext context) {
        this.context = context;
        this.maps = new MapCalls(context);
        this.people = new PersonCalls(context);
    }

    /** Starts a builder with defaults for everything but the database. It connects to nothing. */
    public static Builder builder(Database database) {
        return new Builder(database);
    }

    /**
     * Reads a data map from a file.
     *
     * @throws MapInvalidException with every fault of the file, each with its position
     */
    public static DataMap readMap(Path file) {
        return MapReader.read(file);
    }

    /**
     * Reads a data map from its text.
     *
     * @param file its name, for positions
     * @throws MapInvalidException with every fault of the text, each with its position
     */
    public static DataMap readMap(String text, String file) {
        return MapReader.read(text, file);
    }

    /** Returns the JSON Schema of the data map, for editors. */
    public static String mapJsonSchema() {
        return MapJsonSchema.json();
    }

    /**
     * Makes the product's own tables, in the schema {@value #SCHEMA}, or brings them up to date.
     *
     * @return the versions applied; empty where there was nothing to do
     */
    public List<String> migrate() {
        return new Migrations(context.database()).apply();
    }

    /** Returns the SQL that {@link #migrate} would run; empty where there is nothing to do. */
    public String migrationScript() {
        return new Migrations(context.database()).script();
    }

    /**
     * Returns a store of the files in a directory. No symbolic link below the directory is followed.
     *
     * @param directory an absolute path
     * @throws ExeuntException where the path is relative or no path
     */
    public static FileStore directoryStore(String directory) {
        return DirectoryFileStore.at(directory);
    }

    /** Returns the places where another role can put code that our statements would run with our rights, each as a sentence. */
    public List<String> unsafeCode() {
        return maps.unsafeCode();
    }

    /** Returns the database role that connections have. */
    public String connectedRole() {
        return maps.connectedRole();
    }

    /**
     * Returns a worker that erases due people, makes exports and cleans up once it is started. {@link BackgroundWorker} has an example.
     *
     * @param name a name that no other worker has at the same time
     */
    public static BackgroundWorker worker(
            String name, BackgroundWorker.Duties duties, BackgroundWorker.Settings settings) {
        return new ScheduledWorker(name, duties, settings);
    }

    /**
     * Returns the requests to delete data, deactivate or delete accounts, by this map. It needs the tables of {@link #migrate}. {@link
     * AccountRequests} has an example.
     */
    public AccountRequests requests(DataMap map) {
        return people.requests(map);
    }

    /** Returns the legal holds on people of this map. It needs the tables of {@link #migrate}. {@link LegalHolds} has an example. */
    public LegalHolds holds(DataMap map) {
        return people.holds(map);
    }

    /**
     * Returns the public keys by which receipts are checked, for publishing. Nothing is asked of the database.
     *
     * @throws ExeuntException where no key is set, so that receipts are not signed
     */
    public ReceiptKeys receiptKeys() {
        return people.receiptKeys();
    }

    /** Checks the ledger, and erases again after a restore. The map is proven first. */
    public ErasureLedger ledger(DataMap map) {
        return people.ledger(map);
    }

    /**
     * Returns the export jobs of this map. Workers make them in the background and store them in the archives until they
     * expire. It needs the tables of {@link #migrate}. {@link ExportJobs} has an example.
     *
     * @param terms the settings of the map, or of the operator in their place
     */
    public ExportJobs exports(DataMap map, Archives archives, ExportJobs.ExportTerms terms) {
        return people.exports(map, archives, terms);
    }

    /**
     * Returns the requests of a person without an account, whose rows only a value tells.
     *
     * @param identifier an identifier that a {@code matches:} link of the map uses, such as {@code email}
     */
    public PersonWithoutAccount personWithoutAccount(DataMap map, String identifier, String value) {
        return people.withoutAccount(map, identifier, value);
    }

    /** Returns what makes this map hold in the database itself. The map is proven when one of the methods needs it. */
    public RowEnforcement enforcement(DataMap map) {
        return people.enforcement(map);
    }

    /**
     * Drafts a first map from the live schema. No row is read.
     *
     * <pre>{@code
     * Files.writeString(Path.of("exeunt.yaml"), exeunt.draft("users").yaml());
     * }</pre>
     *
     * @param table the subject's, {@code table} or {@code schema.table}, as in the catalogue
     * @throws ExeuntException where there is no such table; the message suggests the nearest name
     */
    public MapDraft draft(String table) {
        return maps.draft(table);
    }

    /**
     * Drafts a first map as {@link #draft(String)} does, and samples the rows of every table for references to people that the schema does
     * not declare. Values are compared and counted in the database; none is returned.
     */
    public MapDraft draft(String table, DataSampling sampling) {
        return maps.draft(table, sampling);
    }

    /**
     * Adds to a map what the live schema has and the map does not name. Nothing that the map says is changed.
     *
     * @param text the map's whole text
     * @param file its name, for positions
     * @throws MapInvalidException where the text is not well formed, or is for another database
     */
    public UpdatedMap update(String text, String file) {
        return maps.update(text, file);
    }

    /**
     * Checks the map against the live database and returns every finding: errors keep the map from being carried out, warnings are
     * for a person to decide. {@link CheckResult} has an example.
     */
    public CheckResult check(DataMap map) {
        return maps.check(map);
    }

    /**
     * Checks the map as {@link #check(DataMap)}, and samples the rows of every table for what the map does not cover. Values are compared
     * and counted in the database; none is returned.
     */
    public CheckResult check(DataMap map, DataSampling sampling) {
        return maps.check(map, sampling);
    }

    /**
     * Returns what the map leaves undecided, with answers to choose from.
     *
     * @throws MapInvalidException where the map names what the database does not have
     */
    public List<MapDraft.Question> questions(DataMap map) {
        return maps.questions(map);
    }

    /** Returns the plan for deleting the account, proven against the live schema. */
    public ErasurePlan plan(DataMap map) {
        return maps.plan(map);
    }

    /** Draws the map. It may have findings, as long as its names are right. */
    public MapDiagram diagram(DataMap map) {
        return maps.diagram(map);
    }

    /**
     * Returns the GRANT statements that a role needs for the map. Once {@link #migrate} has made the product's own tables, they cover
     * requests, the reaper and the server too.
     */
    public List<String> grants(DataMap map, String role) {
        return maps.grants(map, role);
    }

    /**
     * Counts what an erasure of these people would do, and writes nothing. A person who is named alone need not exist any more, as long
     * as rows are left. {@link ErasurePreview} has an example.
     */
    public ErasurePreview preview(DataMap map, List<String> keys) {
        return people.preview(map, keys);
    }

    /**
     * Writes all data of a person as a bundle: the copy and the portable data of GDPR, articles 15 (3) and 20. The file is complete or
     * not there at all. Its name may hold the person's key, so do not log it.
     *
     * @param target a file, which must not exist yet, or a directory for a file of the map's own name
     * @param format {@code ZIP} of JSON and CSV files, or one {@code JSON} document
     * @throws ExeuntException where the file exists or cannot be written
     */
    public ExportSummary export(DataMap map, String key, Path target, BundleFormat format) {
        return people.export(map, key, target, format);
    }

    /** Writes all data of a person as a bundle into a stream, which is flushed and stays open. */
    public ExportSummary export(DataMap map, String key, OutputStream out, BundleFormat format) {
        return people.export(map, key, out, format);
    }

    /**
     * Erases these people in one transaction: all of them, or after any exception none (GDPR, article 17).
     *
     * <pre>{@code
     * Receipt receipt = exeunt.erase(map, List.of("42"), done -> System.out.println(done.toJson()));
     * }</pre>
     *
     * @param beforeCommit is given the receipt when everything is done and verified but not committed; where it throws,
     *     nothing was erased
     * @throws OutcomeUnknownException where the connection was lost while the erasure was being committed; {@link #verify} tells whether
     *     it took effect
     */
    public Receipt erase(DataMap map, List<String> keys, Consumer<Receipt> beforeCommit) {
        return people.erase(plan(map), keys, beforeCommit);
    }

    /** As {@link #erase(DataMap, List, Consumer)}, by a plan that was looked at before; refused where the catalogue has changed since. */
    public Receipt erase(ErasurePlan proven, List<String> keys, Consumer<Receipt> beforeCommit) {
        return people.erase(proven, keys, beforeCommit);
    }

    /** As {@link #rehearse(DataMap, List, int, Duration)}, without a limit of time. */
    public RehearsalResult rehearse(DataMap map, List<String> keys, int sample) {
        return people.rehearse(map, keys, sample, null);
    }

    /**
     * Searches the database for data of real people that the map does not reach. Then erases each of them in a transaction of its own
     * that is always rolled back, and says how it went. A rehearsed erasure holds the locks of a real one. A rollback does not undo numbers
     * drawn from sequences, nor what a trigger does outside the database. {@link RehearsalResult} has an example.
     *
     * @param sample how many people to rehearse besides those named, spread over the subject's table
     * @param timeout how long one statement may take; null without a limit
     * @throws ExeuntException if the subject table has no rows to rehearse with
     */
    public RehearsalResult rehearse(DataMap map, List<String> keys, int sample, @Nullable Duration timeout) {
        return people.rehearse(map, keys, sample, timeout);
    }

    /**
     * Searches the whole database for what is left of people, who need not exist any more. {@link Residue} has an example.
     *
     * @param values former values such as e-mail address and name, searched in every text, JSON and array column
     */
    public Residue verify(DataMap map, List<String> keys, List<String> values) {
        return people.verify(map, keys, values);
    }

    /** Collects what an {@link Exeunt} needs; everything but the database has a default. */
    public static final class Builder {

        private final Database database;
        private Clock clock = Clock.systemUTC();
        private ProgressListener progress = ProgressListener.NONE;
        private WorkObserver observer = WorkObserver.NONE;
        private Duration lockWait = Duration.ofSeconds(10);
        private @Nullable HashKey key;
        private final Map<String, FileStore> stores = new LinkedHashMap<>();
        private FileLimits fileLimits = FileLimits.USUAL;
        private @Nullable LedgerSink ledger;
        private boolean ledgerPasses;

        private Builder(Database database) {
            this.database = database;
        }

        /** The clock by which grace periods end. The system's clock, the default, stands for the time of the database. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** Receives the progress of long work. The default ignores it. */
        public Builder progress(ProgressListener value) {
            progress = value;
            return this;
        }

        /** Receives what is done in the background. The default ignores it. */
        public Builder observer(WorkObserver value) {
            observer = value;
            return this;
        }

        /**
         * The key of the keyed hashes by which erased people are recognised. Without it no request is carried out. After a change of the
         * key, give those before it too: {@link HashKey#withFormer}.
         */
        public Builder key(HashKey value) {
            key = value;
            return this;
        }

        /**
         * How long an erasure waits for a lock that another transaction holds; 10 seconds by default.
         *
         * @throws IllegalArgumentException where it is not positive
         */
        public Builder lockWait(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("lockWait must be positive: " + value);
            }
            lockWait = value;
            return this;
        }

        /**
         * Says where the files of a store are, which the map names under {@code files}.
         *
         * <pre>{@code
         * Exeunt.Builder builder = Exeunt.builder(database).fileStore("uploads", Path.of("/var/lib/app/uploads"));
         * }</pre>
         *
         * @param directory in which the files are; no symbolic link below it is followed
         */
        public Builder fileStore(String name, Path directory) {
            return fileStore(name, directoryStore(directory.toString()));
        }

        /** Says which store the map means by the name. The store is not closed. */
        public Builder fileStore(String name, FileStore store) {
            stores.put(name, store);
            return this;
        }

        /**
         * Limits the files of one export. Those over a limit are left out, counted and listed. Unless said, 10,000 files of at most
         * 1 GiB each, 20 GiB in all.
         *
         * @param files how many at most
         * @param bytesEach how large one may be
         * @param bytesInAll how large all of them may be together
         */
        public Builder fileLimits(int files, long bytesEach, long bytesInAll) {
            fileLimits = new FileLimits(files, bytesEach, bytesInAll);
            return this;
        }

        /**
         * Keeps a copy of the ledger outside the database. Before a person is erased, the copy has the record of it. A database that was
         * restored from a backup is noticed by it.
         */
        public Builder ledger(LedgerSink sink) {
            ledger = sink;
            return this;
        }

        /** The same in a file, which a backup of the database must not hold. */
        public Builder ledger(Path file) {
            return ledger(new FileLedgerSink(file));
        }

        /**
         * The same at a receiver that speaks HTTP, as docs/reference/ledger.md describes it.
         *
         * @param receiver with {@code https}; {@code http} for this machine alone
         * @param token sent as a bearer token; null where the receiver wants none
         * @throws ExeuntException where the address will not do
         */
        public Builder ledger(URI receiver, @Nullable String token) {
            return ledger(new HttpLedgerSink(receiver, token));
        }

        /**
         * Says whether requests and erasures go on while the copy of the ledger cannot be reached. They wait unless this is called with
         * true: a restore would not be noticed meanwhile.
         */
        public Builder passUnreachableLedger(boolean value) {
            ledgerPasses = value;
            return this;
        }

        /** Builds it, and connects to nothing yet. */
        public Exeunt build() {
            return new Exeunt(new CallContext(
                    database,
                    clock,
                    progress,
                    observer,
                    lockWait,
                    key,
                    new FileStores(stores, fileLimits),
                    ledger == null ? LedgerCopy.NONE : LedgerCopy.to(ledger, database, ledgerPasses, observer)));
        }
    }
}

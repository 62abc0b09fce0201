package dev.exeunt;

import dev.exeunt.archive.Archives;
import dev.exeunt.database.Database;
import dev.exeunt.database.OutcomeUnknownException;
import dev.exeunt.erase.ErasurePlan;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.Residue;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.delivery.ExportJobService;
import dev.exeunt.internal.diagram.DrawnDiagram;
import dev.exeunt.internal.draft.MapDrafter;
import dev.exeunt.internal.draft.update.MapUpdater;
import dev.exeunt.internal.due.DirectErasureService;
import dev.exeunt.internal.enforce.EnforcementService;
import dev.exeunt.internal.erase.ErasurePreviewReader;
import dev.exeunt.internal.erase.ExternalSystemsCheck;
import dev.exeunt.internal.export.Exporter;
import dev.exeunt.internal.flow.AccountRequestService;
import dev.exeunt.internal.ledger.RecordedErasures;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.map.jsonschema.MapJsonSchema;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.bind.MapBinder;
import dev.exeunt.internal.plan.fix.FateAnswers;
import dev.exeunt.internal.plan.proof.GrantStatements;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.internal.plan.proof.MapChecker;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.postgres.TransactionWork;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.RehearsalSubjects;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.rehearse.ErasureRehearsal;
import dev.exeunt.internal.request.HiddenDataExport;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.sample.DataCheck;
import dev.exeunt.internal.sample.SampledDrafter;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.DatabaseSchema.UnsafeCode;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.internal.schema.trial.SqlValidationResult;
import dev.exeunt.internal.schema.trial.SqlValidator;
import dev.exeunt.internal.store.Migrations;
import dev.exeunt.internal.store.StoreGrants;
import dev.exeunt.internal.transaction.LockHolderWatch;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.internal.value.ValueRequestService;
import dev.exeunt.internal.verify.ErasureRecords;
import dev.exeunt.internal.verify.ResidueScan;
import dev.exeunt.internal.work.ScheduledWorker;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.MapDiagram;
import dev.exeunt.map.MapDraft;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.map.UpdatedMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.work.BackgroundWorker;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
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
 * <p>Every method that takes a map proves it against the live schema first, and throws {@link
 * MapInvalidException} with every finding where it does not hold. Keys are written as a user types them: {@code
 * 42}, {@code 7,42} for a key of two columns, {@code email:anna@example.org} by an identifier. A key that names no person, or
 * several, is an {@link UnknownSubjectException}. Every failure is an {@link ExeuntException}, and no message quotes a value of a person.
 */
public final class Exeunt {

    /** The schema of the product's own tables. */
    public static final String SCHEMA = Migrations.SCHEMA;

    private final Database database;
    private final Clock clock;
    private final ProgressListener progress;
    private final WorkObserver observer;
    private final Duration lockWait;
    private final @Nullable HashKey key;

    private Exeunt(Builder builder) {
        this.database = builder.database;
        this.clock = builder.clock;
        this.progress = builder.progress;
        this.observer = builder.observer;
        this.lockWait = builder.lockWait;
        this.key = builder.key;
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

    /** The JSON Schema of the data map, for editors. */
    public static String mapJsonSchema() {
        return MapJsonSchema.json();
    }

    /**
     * Requires that the map names no systems outside the database.
     *
     * @throws ExeuntException where it names some under {@code external}, which this version cannot call
     */
    public static void requireNoExternalSystems(DataMap map) {
        ExternalSystemsCheck.requireNone(definition(map));
    }

    /**
     * Makes the product's own tables, in the schema {@value #SCHEMA}, or brings them up to date.
     *
     * @return the versions applied; empty where there was nothing to do
     */
    public List<String> migrate() {
        return new Migrations(database).apply();
    }

    /** The SQL that {@link #migrate} would run, for those who must run it themselves; empty where there is nothing to do. */
    public String migrationScript() {
        return new Migrations(database).script();
    }

    /** Returns the places where another role can put code that our statements would run with our rights, each as a sentence. */
    public List<String> unsafeCode() {
        return schema().unsafeCode().stream().map(UnsafeCode::sentence).toList();
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
     *
     * @throws MapInvalidException with every finding where the map does not hold
     */
    public AccountRequests requests(DataMap map) {
        return new AccountRequestService(context(map));
    }

    /**
     * Returns the export jobs of this map. Workers make them in the background and store them in the archives until they
     * expire. It needs the tables of {@link #migrate}. {@link ExportJobs} has an example.
     *
     * @param terms the settings of the map, or of the operator in their place
     * @throws MapInvalidException with every finding where the map does not hold
     */
    public ExportJobs exports(DataMap map, Archives archives, ExportJobs.ExportTerms terms) {
        return new ExportJobService(context(map), archives, terms);
    }

    /**
     * Returns the requests of a person without an account, whose rows only a value tells.
     *
     * @param identifier an identifier that a {@code matches:} link of the map uses, such as {@code email}
     * @throws MapInvalidException with every finding where the map does not hold
     */
    public PersonWithoutAccount personWithoutAccount(DataMap map, String identifier, String value) {
        return new ValueRequestService(context(map), identifier, value);
    }

    /** Returns what makes this map hold in the database itself. The map is proven when one of the methods needs it. */
    public RowEnforcement enforcement(DataMap map) {
        return new EnforcementService(
                database,
                lockWait,
                RecordedErasures.of(key, SubjectKind.PERSON),
                () -> proven(map).flowsOrThrow());
    }

    private LifecycleContext context(DataMap map) {
        return new LifecycleContext(
                database, clock, progress, observer, lockWait, key, proven(map).flowsOrThrow());
    }

    /** Returns the database role that connections have. */
    public String connectedRole() {
        return schema().role();
    }

    private DatabaseSchema schema() {
        return inTransaction(SchemaReader::read);
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
        DatabaseSchema schema = schema();
        return MapDrafter.draft(schema, schema.requireTable(table).name());
    }

    /**
     * Drafts a first map as {@link #draft(String)} does, and samples the rows of every table for references to people that the schema does
     * not declare. Values are compared and counted in the database; none is returned.
     */
    public MapDraft draft(String table, DataSampling sampling) {
        return inTransaction(connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            TableName subject = schema.requireTable(table).name();
            return new SampledDrafter(connection, schema, subject, progress).draft(sampling);
        });
    }

    /**
     * Adds to a map what the live schema has and the map does not name. Nothing that the map says is changed.
     *
     * @param text the map's whole text
     * @param file its name, for positions
     * @throws MapInvalidException where the text is not well formed, or is for another database
     */
    public UpdatedMap update(String text, String file) {
        MapDefinition map = MapReader.read(text, file);
        DatabaseSchema schema = schema();
        MapBinder binder = new MapBinder(map, schema);
        if (binder.bind().isEmpty()) {
            throw new MapInvalidException(Finding.sorted(binder.findings()));
        }
        List<Finding> gone = binder.findings().stream()
                .filter(f -> f.code() == FindingCode.UNKNOWN_NAME)
                .toList();
        return MapUpdater.update(schema, text, map, Finding.sorted(gone));
    }

    /**
     * Checks the map against the live database and returns every finding: errors keep the map from being carried out, warnings are
     * for a person to decide.
     *
     * <pre>{@code
     * CheckResult checked = exeunt.check(map);
     * checked.findings().forEach(System.out::println); // place, problem, and a fix to paste
     * if (!checked.holds()) {
     *     throw new IllegalStateException("exeunt.yaml does not hold");
     * }
     * }</pre>
     */
    public CheckResult check(DataMap map) {
        return inTransaction(connection -> {
            MapCheckResult checked = checked(connection, map);
            return EnforcementService.withNotes(connection, checked, checked.report());
        });
    }

    /**
     * Checks the map as {@link #check(DataMap)}, and samples the rows of every table for what the map does not cover. Values are compared
     * and counted in the database; none is returned.
     */
    public CheckResult check(DataMap map, DataSampling sampling) {
        return inTransaction(connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            MapCheckResult checked = checked(connection, map, schema);
            CheckResult report = EnforcementService.withNotes(connection, checked, checked.report());
            return new DataCheck(connection, definition(map), schema, progress).check(report, sampling);
        });
    }

    /**
     * Returns what the map leaves undecided, with answers to choose from.
     *
     * @throws MapInvalidException where the map names what the database does not have
     */
    public List<MapDraft.Question> questions(DataMap map) {
        return inTransaction(connection -> {
            MapBinder binder = new MapBinder(definition(map), SchemaReader.read(connection));
            return binder.bind()
                    .map(FateAnswers::questions)
                    .orElseThrow(() -> new MapInvalidException(binder.findings()));
        });
    }

    /**
     * Returns the plan for deleting the account, proven against the live schema.
     *
     * @throws MapInvalidException with every error where the map does not hold
     */
    public ErasurePlan plan(DataMap map) {
        return proven(map).planOrThrow();
    }

    private MapCheckResult proven(DataMap map) {
        return inTransaction(connection -> checked(connection, map));
    }

    private static MapDefinition definition(DataMap map) {
        if (map instanceof MapDefinition definition) {
            return definition;
        }
        throw new IllegalArgumentException(
                "The map was not read by Exeunt.readMap: " + map.getClass().getName());
    }

    /** Draws the map. It may have findings, as long as its names are right. */
    public MapDiagram diagram(DataMap map) {
        return inTransaction(connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            return DrawnDiagram.of(
                    definition(map),
                    schema,
                    SqlValidator.validate(connection, MapChecker.sql(definition(map), schema)));
        });
    }

    /**
     * Returns the GRANT statements that a role needs for the map. Once {@link #migrate} has made the product's own tables, they cover
     * requests, the reaper and the server too.
     */
    public List<String> grants(DataMap map, String role) {
        return inTransaction(connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            SqlValidationResult tried = SqlValidator.validate(connection, MapChecker.sql(definition(map), schema));
            List<String> grants = new ArrayList<>(GrantStatements.of(definition(map), schema, tried, role));
            grants.addAll(StoreGrants.of(connection, role));
            return grants;
        });
    }

    /**
     * Counts what an erasure of these people would do, and writes nothing. A person who is named alone need not exist any more, as long
     * as rows are left.
     *
     * <pre>{@code
     * exeunt.preview(map, List.of("email:anna@example.org")).roles().stream()
     *         .filter(role -> role.rows() > 0)
     *         .forEach(role -> System.out.println(role.table() + ": " + role.fate() + " " + role.rows()));
     * }</pre>
     *
     * @throws UnknownSubjectException where a key names no person, or several
     */
    public ErasurePreview preview(DataMap map, List<String> keys) {
        return inTransaction(connection -> {
            MapCheckResult checked = checked(connection, map);
            Plan plan = checked.planOrThrow();
            SubjectFinder finder = new SubjectFinder(connection, plan.subject());
            List<SubjectFinder.NamedSubject> people = finder.findEvenGone(keys);
            ErasureRecords records = new ErasureRecords(connection, checked.flowsOrThrow(), key);
            ErasurePreview preview = ErasurePreviewReader.read(
                    connection, plan, LeavingPeople.named(people, erased(plan)), clock.instant());
            if (people.stream().noneMatch(SubjectFinder.NamedSubject::there) && preview.reachesNothing()) {
                throw finder.unknown();
            }
            return preview.withWarnings(records.warnings(people));
        });
    }

    /**
     * Writes all data of a person as a bundle: the copy and the portable data of GDPR, articles 15 (3) and 20. The file is complete or
     * not there at all. Its name may hold the person's key, so do not log it.
     *
     * @param target a file, which must not exist yet, or a directory for a file of the map's own name
     * @param format {@code ZIP} of JSON and CSV files, or one {@code JSON} document
     * @throws UnknownSubjectException where the key names no person, or several
     * @throws ExeuntException where the file exists or cannot be written
     */
    public ExportSummary export(DataMap map, String key, Path target, BundleFormat format) {
        return export(map, key, (exporter, subject) -> exporter.exportTo(target, subject, format));
    }

    /**
     * Writes all data of a person as a bundle into a stream, which is flushed and stays open.
     *
     * @throws UnknownSubjectException where the key names no person, or several
     */
    public ExportSummary export(DataMap map, String key, OutputStream out, BundleFormat format) {
        return export(map, key, (exporter, subject) -> exporter.export(subject, format, out));
    }

    private ExportSummary export(DataMap map, String key, BiFunction<Exporter, SubjectKey, ExportSummary> writing) {
        return inTransaction(connection -> {
            Plan plan = plan(connection, map);
            SubjectKey subject = new SubjectFinder(connection, plan.subject())
                    .find(List.of(key))
                    .get(0);
            Exporter exporter = new Exporter(connection, plan, clock, progress).withErasedPeople(erased(plan));
            return writing.apply(HiddenDataExport.including(exporter, connection, plan, subject), subject);
        });
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
     * @throws UnknownSubjectException where a key names no person, or several
     * @throws OutcomeUnknownException where the connection was lost while the erasure was being committed; {@link #verify} tells whether
     *     it took effect
     */
    public Receipt erase(DataMap map, List<String> keys, Consumer<Receipt> beforeCommit) {
        return erase(plan(map), keys, beforeCommit);
    }

    /** As {@link #erase(DataMap, List, Consumer)}, by a plan that was looked at before; refused where the catalogue has changed since. */
    public Receipt erase(ErasurePlan proven, List<String> keys, Consumer<Receipt> beforeCommit) {
        if (!(proven instanceof Plan plan)) {
            throw new IllegalArgumentException(
                    "The plan was not made by Exeunt: " + proven.getClass().getName());
        }
        return new DirectErasureService(
                        database, new DirectErasureService.ErasureConditions(clock, progress, lockWait, key))
                .erase(
                        plan,
                        keys,
                        connection -> Objects.requireNonNull(checked(connection, plan.map())
                                .flowsOrThrow()
                                .get(plan.map().flow())),
                        beforeCommit);
    }

    /** As {@link #rehearse(DataMap, List, int, Duration)}, without a limit of time. */
    public RehearsalResult rehearse(DataMap map, List<String> keys, int sample) {
        return rehearse(map, keys, sample, null);
    }

    /**
     * Searches the database for data of real people that the map does not reach. Then erases each of them in a transaction of its own
     * that is always rolled back, and says how it went. A rehearsed erasure holds the locks of a real one. A rollback does not undo numbers
     * drawn from sequences, nor what a trigger does outside the database.
     *
     * <pre>{@code
     * RehearsalResult result = exeunt.rehearse(map, List.of(), 20, Duration.ofSeconds(30));
     * System.out.println(result.failed() + " would fail, " + result.unreached() + " places are not reached");
     * }</pre>
     *
     * @param sample how many people to rehearse besides those named, spread over the subject's table
     * @param timeout how long one statement may take; null without a limit
     * @throws ExeuntException if the subject table has no rows to rehearse with
     */
    public RehearsalResult rehearse(DataMap map, List<String> keys, int sample, @Nullable Duration timeout) {
        return Transaction.runInSnapshot(database, "rehearsing", connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            MapCheckResult checked = checked(connection, map, schema);
            List<SubjectKey> people = RehearsalSubjects.find(connection, checked.planOrThrow(), keys, sample);
            try (LockHolderWatch watch = LockHolderWatch.over(connection, database)) {
                ErasureRehearsal.RehearsalSettings conditions = new ErasureRehearsal.RehearsalSettings(
                        database, clock, progress, watch, lockWait, timeout, erased(checked.planOrThrow()));
                return new ErasureRehearsal(connection, schema, checked, conditions).rehearseAll(people);
            }
        });
    }

    /**
     * Searches the whole database for what is left of people, who need not exist any more.
     *
     * <pre>{@code
     * Residue residue = exeunt.verify(map, List.of("42"), List.of("anna@example.org"));
     * residue.places().forEach(place -> System.out.println(place.table() + "." + place.column() + ": " + place.rows()));
     * }</pre>
     *
     * @param values former values such as e-mail address and name, searched in every text, JSON and array column
     */
    public Residue verify(DataMap map, List<String> keys, List<String> values) {
        return Transaction.runInSnapshot(database, "looking for what is left", connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            MapCheckResult checked = checked(connection, map, schema);
            Plan plan = checked.planOrThrow();
            List<SubjectFinder.NamedSubject> people = new SubjectFinder(connection, plan.subject()).resolveAll(keys);
            ErasureRecords records = new ErasureRecords(connection, checked.flowsOrThrow(), key);
            return new ResidueScan(connection, plan, schema, progress)
                    .withErasedPeople(erased(plan))
                    .withSecondConnection(database)
                    .scan(records, people, values);
        });
    }

    private ErasedPeople erased(Plan plan) {
        return RecordedErasures.of(key, plan.subject().kind());
    }

    private static Plan plan(Connection connection, DataMap map) {
        return checked(connection, map).planOrThrow();
    }

    private static MapCheckResult checked(Connection connection, DataMap map) {
        return checked(connection, map, SchemaReader.read(connection));
    }

    /** The one way to a plan: no SQL of the map is run that has not been tried. */
    private static MapCheckResult checked(Connection connection, DataMap read, DatabaseSchema schema) {
        MapDefinition map = definition(read);
        return MapChecker.check(map, schema, sql -> SqlValidator.validate(connection, sql));
    }

    private <T> T inTransaction(TransactionWork<T> work) {
        return Transaction.runAndRollBack(database, "reading", connection -> {
            TransactionSettings.apply(connection);
            return work.run(connection);
        });
    }

    /** Collects what an {@link Exeunt} needs; everything but the database has a default. */
    public static final class Builder {

        private final Database database;
        private Clock clock = Clock.systemUTC();
        private ProgressListener progress = ProgressListener.NONE;
        private WorkObserver observer = WorkObserver.NONE;
        private Duration lockWait = Duration.ofSeconds(10);
        private @Nullable HashKey key;

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

        /** The key of the keyed hashes by which erased people are recognised. Without it no request is carried out. */
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

        /** Builds it, and connects to nothing yet. */
        public Exeunt build() {
            return new Exeunt(this);
        }
    }
}

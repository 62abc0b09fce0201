package dev.exeunt.internal.verify;

import dev.exeunt.ProgressListener;
import dev.exeunt.database.Database;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.erase.Residue;
import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.erase.Residue.UnjudgedPlace;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.FormerIdentifier;
import dev.exeunt.internal.reach.KeyCapture;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.SubjectFinder.NamedSubject;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.scan.KeyColumns;
import dev.exeunt.internal.scan.PersonTerms;
import dev.exeunt.internal.scan.SearchTerm;
import dev.exeunt.internal.scan.TableScanner;
import dev.exeunt.internal.scan.TermKind;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.transaction.SnapshotConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the whole database for what is left of people: the rows that links lead to, compared with what the map says of them,
 * and the keys and given values in every table, mapped or not. One scan of each table, whatever the number of columns and values; a
 * run of its own, never inside an erasure.
 */
public final class ResidueScan {

    private final Connection connection;
    private final Plan plan;
    private final DatabaseSchema schema;
    private final ProgressListener progress;
    private ErasedPeople erased = ErasedPeople.NONE;
    private @Nullable Database database;
    private List<FormerIdentifier> holders = List.of();
    private final List<ResiduePlace> places = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<UnjudgedPlace> unjudged = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param plan of deleting the account */
    public ResidueScan(Connection connection, Plan plan, DatabaseSchema schema, ProgressListener progress) {
        this.connection = connection;
        this.plan = plan;
        this.schema = schema;
        this.progress = progress;
    }

    /** The same scan, which knows by this record whose rows stay although they were erased. */
    public ResidueScan withErasedPeople(ErasedPeople record) {
        erased = record;
        return this;
    }

    /** The same scan, which may open a second connection to read large tables faster. */
    public ResidueScan withSecondConnection(Database other) {
        database = other;
        return this;
    }

    /**
     * @param records of the people's erasures
     * @param people need not exist any more
     * @param values former e-mail, name …
     */
    public Residue scan(ErasureRecords records, List<NamedSubject> people, List<String> values) {
        try {
            List<JudgedPeople> groups = records.group(people);
            List<SubjectKey> keys = people.stream().map(NamedSubject::key).toList();
            return scan(groups, keys, values);
        } catch (SQLException e) {
            throw DatabaseException.of(e, "looking for what is left");
        }
    }

    /**
     * Looks for what is left of a person without an account.
     *
     * @param value as it was given
     * @param values further former values
     */
    public Residue scan(FormerIdentifier holder, String value, List<String> values) {
        holders = List.of(holder);
        List<String> all = new ArrayList<>(values);
        all.add(value);
        ErasureRecord none = ErasureRecord.none(ErasureRecord.RecordKind.UNKNOWN);
        List<JudgedPeople> groups = List.of(new JudgedPeople(List.of(), none, plan, plan));
        try {
            return scan(groups, List.of(), all);
        } catch (SQLException e) {
            throw DatabaseException.of(e, "looking for what is left");
        }
    }

    private Residue scan(List<JudgedPeople> groups, List<SubjectKey> keys, List<String> values) throws SQLException {
        PersonTerms terms = new PersonTerms(new KeyColumns(plan, schema), keys)
                .with(values.stream()
                        .map(v -> new SearchTerm(v, TermKind.VALUE))
                        .toList());
        unreadable.addAll(terms.skipped());
        int scanned = SearchPath.ofRole(connection, c -> {
            for (JudgedPeople group : groups) {
                judge(group);
            }
            // a row that the map kept stays kept, although an erased person takes none by a value any more
            SubjectRows reach = capture(plan.narrowed(PlannedRole::ofAbsentPeopleToo), keys);
            try (SnapshotConnections connections = new SnapshotConnections(c, database)) {
                return scanTables(new TableScan(new TableScanner(connections, terms, progress), c, terms, reach));
            }
        });
        OutsidePlaces outside =
                new OutsidePlaces(connection, terms, places, plan.map().backups()).find(schema);
        unjudged.addAll(outside.unjudged());
        places.addAll(withReasons(outside.places()));
        unreadable.addAll(outside.unreadable());
        return new Residue(places, scanned, unreadable, unjudged, outside.outside(), notes);
    }

    /** @return how many tables were looked through */
    private int scanTables(TableScan tables) throws SQLException {
        int done = 0;
        int blind = 0;
        for (Table table : schema.tables()) {
            progress.at(
                    "looking through " + table.name(), done++, schema.tables().size());
            Optional<String> why = TableScanner.unreadable(table);
            if (why.isPresent()) {
                blind++;
                unreadable.add(why.get());
            } else {
                tables.scan(table);
            }
        }
        places.addAll(withReasons(tables.places()));
        unjudged.addAll(tables.unjudged());
        unreadable.addAll(tables.unreadable());
        return done - blind;
    }

    /** Whatever the map accepts where {@code rehearse} or {@code check} finds it is kept on purpose. */
    private List<ResiduePlace> withReasons(List<ResiduePlace> found) {
        AcceptedPlaces accepted = new AcceptedPlaces(plan.map());
        return found.stream()
                .map(p -> p.kept() != null
                        ? p
                        : new ResiduePlace(
                                p.table(),
                                p.column(),
                                p.what(),
                                p.rows(),
                                accepted.reason(p.table(), p.column(), p.what())))
                .toList();
    }

    private void judge(JudgedPeople group) throws SQLException {
        LinkVerdict verdict = LinkVerdict.of(connection, group, erased, holders);
        places.addAll(verdict.places());
        unjudged.addAll(verdict.unjudged());
        RecordNotes.of(group, verdict.links()).ifPresent(notes::add);
    }

    private SubjectRows capture(Plan of, List<SubjectKey> people) throws SQLException {
        return KeyCapture.capture(
                connection, of, new LeavingPeople(people, erased, holders), KeyCapture.CaptureMode.COUNT);
    }
}

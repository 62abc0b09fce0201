package dev.exeunt.internal.rehearse;

import dev.exeunt.ProgressListener;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.KeyCapture;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.rehearse.UnreachedPlaces.FoundRows;
import dev.exeunt.internal.rehearse.UnreachedPlaces.Place;
import dev.exeunt.internal.scan.KeyColumns;
import dev.exeunt.internal.scan.KeyLikeColumns;
import dev.exeunt.internal.scan.PersonTerms;
import dev.exeunt.internal.scan.RowIds;
import dev.exeunt.internal.scan.SearchTerm;
import dev.exeunt.internal.scan.TableHits;
import dev.exeunt.internal.scan.TableHits.ColumnHits;
import dev.exeunt.internal.scan.TableScanner;
import dev.exeunt.internal.scan.TermKind;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.transaction.SnapshotConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Searches the whole database, before anything is erased, for keys, identifiers and telling values of people in places that the map
 * does not reach. Reads each table once, on one snapshot, and holds no lock that keeps others from writing.
 */
final class UnreachedSearch {

    private final SnapshotConnections connections;
    private final Connection connection;
    private final Plan plan;
    private final DatabaseSchema schema;
    private final ProgressListener progress;
    private final List<SearchedPerson> people = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final KeyColumns columns;
    private final UnreachedRows rows;
    private PersonTerms terms;
    private int tables;

    /** Holds what is known of one person before the search, and what was found. */
    private record SearchedPerson(
            SubjectKey key, SubjectRows reach, TellingValues values, PersonTerms terms, Map<Place, FoundRows> places) {}

    /** @param connections of a snapshot */
    UnreachedSearch(SnapshotConnections connections, Plan plan, DatabaseSchema schema, ProgressListener progress) {
        this.connections = connections;
        this.connection = connections.first();
        this.plan = plan;
        this.schema = schema;
        this.progress = progress;
        this.columns = new KeyColumns(plan, schema);
        this.rows = new UnreachedRows(connection, columns);
        this.terms = new PersonTerms(columns, List.of());
    }

    /** @return what was found of each of the people, in their order */
    List<UnreachedPlaces> find(List<SubjectKey> keys, ErasedPeople erased) throws SQLException {
        return SearchPath.ofRole(connection, c -> {
            for (SubjectKey key : keys) {
                people.add(person(key, erased));
            }
            terms = new PersonTerms(columns, keys)
                    .with(people.stream()
                            .flatMap(p -> p.values().terms().stream())
                            .distinct()
                            .toList());
            notes.addAll(terms.skipped());
            search(terms);
            return people.stream()
                    .map(p -> new UnreachedPlaces(p.terms(), p.places()))
                    .toList();
        });
    }

    /** What could not be looked through, in sentences. */
    List<String> notes() {
        return notes;
    }

    /** How many tables were looked through. */
    int tables() {
        return tables;
    }

    /** What is looked for of all of them, also outside the tables. */
    PersonTerms terms() {
        return terms;
    }

    private SearchedPerson person(SubjectKey key, ErasedPeople erased) throws SQLException {
        SubjectRows reach = KeyCapture.capture(
                connection, plan, new LeavingPeople(List.of(key), erased), KeyCapture.CaptureMode.COUNT);
        TellingValues values = TellingValues.read(connection, reach);
        PersonTerms terms = new PersonTerms(columns, List.of(key)).with(values.terms());
        return new SearchedPerson(key, reach, values, terms, new LinkedHashMap<>());
    }

    private void search(PersonTerms all) throws SQLException {
        TableScanner scanner = new TableScanner(connections, all, progress);
        KeyLikeColumns keyLike = new KeyLikeColumns(connection, plan.subject());
        int done = 0;
        for (Table table : schema.tables()) {
            progress.at(
                    "looking through " + table.name(), done++, schema.tables().size());
            Optional<String> why = TableScanner.unreadable(table);
            if (why.isPresent()) {
                notes.add(why.get());
                continue;
            }
            tables++;
            List<Column> candidates = table.columns().stream()
                    .filter(c -> KeyLikeColumns.isCandidate(table, c) && !columns.saysOtherTable(table, c))
                    .filter(c -> !scanner.looksThrough(table, c))
                    .toList();
            List<Column> sampled = keyLike.find(table, candidates);
            TableHits hits = scanner.scan(table, columns.links(table), sampled);
            hits.readInPart(table).ifPresent(notes::add);
            assign(table, hits, sampled);
        }
    }

    /** Tells whose data the rows hold, and which of them the map does not reach. */
    private void assign(Table table, TableHits hits, List<Column> sampled) throws SQLException {
        for (ColumnHits each : hits.columns()) {
            if (!each.rows().complete() && !columns.reaching(table).isEmpty()) {
                notes.add("of " + each.rows().count() + " rows that hold the " + each.kind() + " in " + table.name()
                        + "." + each.column().name() + " it could not be told which of them the map reaches");
            }
            boolean named = !sampled.contains(each.column());
            for (SearchedPerson person : people) {
                if (person.terms().tells(table, each.column(), each.kind(), named)) {
                    assign(table, each, person);
                }
            }
        }
    }

    private void assign(Table table, ColumnHits found, SearchedPerson person) throws SQLException {
        List<SearchTerm> same = ofOthersToo(table, found, person.values());
        RowIds theirs = people.size() == 1 && same.isEmpty()
                ? found.rows()
                : new TableScanner(connection, terms(person, same))
                        .scanAgain(
                                table,
                                found.column(),
                                found.kind(),
                                found.rows().conditions());
        Place place = new Place(table, found.column(), found.kind());
        RowIds unreached = rows.unreached(place, theirs, person.reach());
        if (unreached.count() > 0) {
            boolean linked = rows.link(place, unreached, person.key());
            person.places().put(place, new FoundRows(unreached, rows.keys(table, unreached), linked));
        }
    }

    /** The terms that rows of others may hold in this column as their own. */
    private List<SearchTerm> ofOthersToo(Table table, ColumnHits found, TellingValues values) {
        return found.kind() == TermKind.VALUE && rows.describePeople(table, found.column())
                ? values.terms().stream()
                        .filter(t -> t.kind() == TermKind.VALUE)
                        .toList()
                : values.of(table.name(), found.column(), found.kind());
    }

    /**
     * Another person may have the same name, in the same column or in their own row: only what is more than the name says it of this
     * one.
     */
    private PersonTerms terms(SearchedPerson person, List<SearchTerm> same) {
        if (same.isEmpty()) {
            return person.terms();
        }
        List<SearchTerm> others =
                person.values().terms().stream().filter(t -> !same.contains(t)).toList();
        return new PersonTerms(columns, List.of(person.key())).with(others).withParts(same);
    }
}

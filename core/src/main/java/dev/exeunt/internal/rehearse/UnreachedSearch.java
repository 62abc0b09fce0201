package dev.exeunt.internal.rehearse;

import dev.exeunt.ProgressListener;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
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
import dev.exeunt.internal.verify.RetainedRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches the whole database, before anything is erased, for keys, identifiers and telling values of people in places that the map
 * does not reach. Reads each table once, on one snapshot, and holds no lock that keeps others from writing.
 */
final class UnreachedSearch {

    private final Connection connection;
    private final Plan plan;
    private final DatabaseSchema schema;
    private final ProgressListener progress;
    private final List<SearchedPerson> people = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final KeyColumns columns;
    private PersonTerms terms;
    private int tables;

    /** Holds what is known of one person before the search, and what was found. */
    private record SearchedPerson(
            SubjectKey key, SubjectRows reach, TellingValues values, PersonTerms terms, Map<Place, FoundRows> places) {}

    /** @param connection in a snapshot */
    UnreachedSearch(Connection connection, Plan plan, DatabaseSchema schema, ProgressListener progress) {
        this.connection = connection;
        this.plan = plan;
        this.schema = schema;
        this.progress = progress;
        this.columns = new KeyColumns(plan, schema);
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
        TableScanner scanner = new TableScanner(connection, all);
        KeyLikeColumns keyLike = new KeyLikeColumns(connection, plan.subject());
        int done = 0;
        for (Table table : schema.tables()) {
            progress.at(
                    "looking through " + table.name(), done++, schema.tables().size());
            if (!table.rights().select()
                    || !table.rights().schemaUsage()
                    || !table.rights().bypassesRowSecurity()) {
                notes.add(table.name() + " could not be read: the role lacks the right, or row security hides rows");
                continue;
            }
            tables++;
            List<Column> candidates = table.columns().stream()
                    .filter(c -> KeyLikeColumns.isCandidate(table, c) && !scanner.looksThrough(table, c))
                    .toList();
            List<Column> sampled = keyLike.find(table, candidates);
            TableHits hits = scanner.scan(table, links(all, table), sampled);
            if (hits.beginnings() > 0) {
                notes.add("of " + hits.beginnings() + " long values in " + table.name()
                        + " only the beginnings were looked through");
            }
            assign(table, hits, sampled);
        }
    }

    private static List<Column> links(PersonTerms terms, Table table) {
        return table.columns().stream()
                .filter(c -> terms.columns().searchable() && terms.columns().isLink(table, c))
                .toList();
    }

    /** Tells whose data the rows hold, and which of them the map does not reach. */
    private void assign(Table table, TableHits hits, List<Column> sampled) throws SQLException {
        for (ColumnHits each : hits.columns()) {
            boolean named = !sampled.contains(each.column());
            for (SearchedPerson person : people) {
                if (person.terms().tells(table, each.column(), each.kind(), named)) {
                    assign(table, each, person);
                }
            }
        }
    }

    private void assign(Table table, ColumnHits found, SearchedPerson person) throws SQLException {
        List<SearchTerm> same = person.values().of(table.name(), found.column(), found.kind());
        RowIds theirs = people.size() == 1 && same.isEmpty()
                ? found.rows()
                : new TableScanner(connection, terms(person, same))
                        .scanAgain(
                                table,
                                found.column(),
                                found.kind(),
                                found.rows().conditions());
        RowIds unreached = unreached(table, found, theirs, person.reach());
        if (unreached.count() > 0) {
            Place place = new Place(table, found.column(), found.kind());
            person.places().put(place, new FoundRows(unreached, keys(table, unreached)));
        }
    }

    /** By its primary key a row is known again after it was updated. */
    private List<String> keys(Table table, RowIds rows) throws SQLException {
        if (table.primaryKey().size() != 1) {
            return List.of();
        }
        List<String> keys = new ArrayList<>();
        for (SqlFragment batch : rows.conditions(UnreachedRecheck.MOST)) {
            SqlFragment select = SqlTemplate.of("SELECT {key}::pg_catalog.text FROM {table} WHERE {batch}")
                    .identifier("key", table.primaryKey().get(0))
                    .fragment("table", table.name().quoted())
                    .fragment("batch", batch)
                    .toFragment();
            keys.addAll(SqlRunner.list(connection, select, row -> row.getString(1)));
        }
        return keys;
    }

    /** Another person may have the same name, in the same column: only what is more than the name says it of this one. */
    private PersonTerms terms(SearchedPerson person, List<SearchTerm> same) {
        if (same.isEmpty()) {
            return person.terms();
        }
        List<SearchTerm> others =
                person.values().terms().stream().filter(t -> !same.contains(t)).toList();
        return new PersonTerms(columns, List.of(person.key())).with(others).withParts(same);
    }

    private RowIds unreached(Table table, ColumnHits found, RowIds rows, SubjectRows reach) throws SQLException {
        SqlFragment reached = reached(table, found.column(), found.kind() == TermKind.KEY, reach);
        if (reached.sql().equals("FALSE")) {
            return rows;
        }
        RowIds unreached = new RowIds();
        for (SqlFragment batch : rows.conditions()) {
            SqlFragment select = SqlTemplate.of("""
                            SELECT tableoid::pg_catalog.int8, ctid::pg_catalog.text FROM {table}
                            WHERE {batch} AND ({reached}) IS NOT TRUE""")
                    .fragment("table", table.name().quoted())
                    .fragment("batch", batch)
                    .fragment("reached", reached)
                    .toFragment();
            SqlRunner.forEach(connection, select, 0, row -> unreached.add(row.getLong(1), row.getString(2)));
        }
        return unreached;
    }

    /** True for rows that go, whose column is overwritten, or that keep it on purpose. */
    private SqlFragment reached(Table table, Column column, boolean key, SubjectRows reach) {
        List<PlannedRole> roles = columns.reaching(table);
        List<PlannedRole> answered = roles.stream()
                .filter(r -> !r.deletes() && (overwrites(r, column) || RetainedRows.keeps(r, column, key)))
                .toList();
        List<SqlFragment> reached = List.of(
                reach.matchesAnyBut(
                        roles.stream().filter(PlannedRole::deletes).toList(),
                        roles.stream().filter(PlannedRole::keptByLaw).toList()),
                reach.matchesAny(answered));
        List<SqlFragment> some =
                reached.stream().filter(r -> !r.sql().equals("FALSE")).toList();
        return some.isEmpty() ? SqlFragment.of("FALSE") : SqlFragment.anyOf(some);
    }

    private static boolean overwrites(PlannedRole role, Column column) {
        return role.assignments().stream().anyMatch(a -> a.column().equals(column));
    }
}

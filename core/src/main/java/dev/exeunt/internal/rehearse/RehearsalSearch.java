package dev.exeunt.internal.rehearse;

import dev.exeunt.erase.RehearsalResult.DataSearch;
import dev.exeunt.erase.RehearsalResult.UnreachedPlace;
import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.rehearse.UnreachedPlaces.FoundRows;
import dev.exeunt.internal.rehearse.UnreachedPlaces.Place;
import dev.exeunt.internal.scan.PersonTerms;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.transaction.SnapshotConnections;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.internal.verify.AcceptedPlaces;
import dev.exeunt.internal.verify.OutsidePlaces;
import dev.exeunt.map.SuggestedFix;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Searches the database before people are erased, looks again after each erasure, and reports what the map does not reach. */
final class RehearsalSearch {

    /** So many people are searched for at once. */
    private static final int MOST_PEOPLE = 10;

    private final Connection connection;
    private final DatabaseSchema schema;
    private final Plan plan;
    private final ErasureRehearsal.RehearsalSettings settings;
    private final UnreachedFixes fixes;
    private final List<String> notes = new ArrayList<>();
    private final Map<Place, Long> found = new LinkedHashMap<>();
    private final Map<Place, Long> left = new LinkedHashMap<>();
    private List<UnreachedPlaces> people = List.of();
    private List<ResiduePlace> outside = List.of();
    private int tables;
    private Duration time = Duration.ZERO;

    RehearsalSearch(
            Connection connection,
            DatabaseSchema schema,
            MapCheckResult checked,
            ErasureRehearsal.RehearsalSettings settings) {
        this.connection = connection;
        this.schema = schema;
        this.plan = checked.planOrThrow();
        this.settings = settings;
        this.fixes = new UnreachedFixes(plan, schema);
    }

    /** Searches on the snapshot that the connection reads. */
    void find(List<SubjectKey> keys) throws SQLException {
        long start = System.nanoTime();
        Transaction.writeNothingMore(connection);
        List<SubjectKey> some = keys.subList(0, Math.min(MOST_PEOPLE, keys.size()));
        if (some.size() < keys.size()) {
            notes.add("the database was searched for the first " + MOST_PEOPLE + " of the people");
        }
        UnreachedSearch search;
        try (SnapshotConnections connections = new SnapshotConnections(connection, settings.database())) {
            search = new UnreachedSearch(connections, plan, schema, settings.progress());
            people = search.find(some, settings.erased());
        }
        tables = search.tables();
        notes.addAll(search.notes());
        outside(search.terms());
        for (UnreachedPlaces person : people) {
            person.rows().forEach((place, rows) -> {
                found.merge(place, rows.ids().count(), Long::sum);
                left.merge(place, rows.ids().count(), Long::sum);
            });
        }
        time = Duration.ofNanos(System.nanoTime() - start);
    }

    private void outside(PersonTerms terms) throws SQLException {
        OutsidePlaces places =
                new OutsidePlaces(connection, terms, List.of(), plan.map().backups()).find(schema);
        outside = places.places();
        notes.addAll(places.unreadable());
        notes.addAll(places.outside());
    }

    /** Looks again at the rows of a person who was erased in the running transaction. */
    void lookAgain(int person) throws SQLException {
        if (person >= people.size()) {
            return;
        }
        UnreachedPlaces places = people.get(person);
        Map<Place, Long> still = new UnreachedRecheck(connection, places).left();
        for (Map.Entry<Place, FoundRows> each : places.rows().entrySet()) {
            long gone = each.getValue().ids().count() - still.getOrDefault(each.getKey(), 0L);
            left.computeIfPresent(each.getKey(), (place, rows) -> rows - gone);
        }
    }

    DataSearch result() {
        List<UnreachedPlace> places = new ArrayList<>();
        Set<Place> linked = linked();
        AcceptedPlaces accepted = new AcceptedPlaces(plan.map());
        found.forEach((place, rows) -> {
            String table = place.table().name().toString();
            String column = place.column().name();
            places.add(new UnreachedPlace(
                    table,
                    column,
                    place.kind().toString(),
                    rows,
                    left.getOrDefault(place, rows),
                    accepted.reason(table, column, place.kind().toString()),
                    fixes.of(place, linked)));
        });
        outside.forEach(
                p -> places.add(
                        new UnreachedPlace(
                                p.table(),
                                p.column(),
                                p.what(),
                                p.rows(),
                                p.rows(),
                                accepted.reason(p.table(), p.column(), p.what()),
                                SuggestedFix.words(
                                        p.what().equals("materialized view")
                                                ? "refresh the view after an erasure"
                                                : "unlink the large objects with the rows that refer to them, by a trigger such as lo_manage"))));
        return new DataSearch(people.size(), tables, places, notes, time);
    }

    /** Where the key of one of the people is all that the column holds. */
    private Set<Place> linked() {
        Set<Place> linked = new LinkedHashSet<>(found.keySet());
        linked.removeIf(place ->
                people.stream().map(p -> p.rows().get(place)).noneMatch(rows -> rows != null && rows.linked()));
        return linked;
    }
}

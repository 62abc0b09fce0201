package dev.exeunt.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.ProgressListener;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.promise.RowSnapshot.SnapshotRow;
import dev.exeunt.promise.answer.MapHillClimb;
import dev.exeunt.promise.answer.MapModel;
import dev.exeunt.promise.answer.MapModelReader;
import dev.exeunt.promise.answer.ModelLink;
import dev.exeunt.promise.answer.ModelRole;
import dev.exeunt.promise.answer.ModelYaml;
import dev.exeunt.promise.made.RandomSchema;
import dev.exeunt.promise.made.RandomTable;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.MapCheckSeries;
import dev.exeunt.testkit.SeededRandom;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Tests enforcement on made-up schemas and maps: a role of the application sees every row but those that the map hides, and after the
 * removal the catalogue is what it was. {@code -Dexeunt.seed=…} tries one seed, {@code -Dexeunt.long=true} many more.
 */
class GeneratedEnforcementTest {

    private static final int SCHEMAS =
            Integer.getInteger("exeunt.seeds", Boolean.getBoolean("exeunt.long") ? 1_000 : 15);
    private static final Long ONLY = Long.getLong("exeunt.seed");

    private static final String CATALOGUE = """
            SELECT concat_ws(' ', 'table', c.oid::regclass, c.relrowsecurity, c.relforcerowsecurity, c.relacl) FROM pg_class c
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace <> 'pg_toast'::regnamespace AND c.oid >= 16384
            UNION ALL SELECT concat_ws(' ', 'policy', p.*) FROM pg_policies p
            UNION ALL SELECT concat_ws(' ', 'trigger', t.tgrelid::regclass, t.tgname, t.tgenabled, t.tgfoid::regprocedure)
            FROM pg_trigger t
            UNION ALL SELECT concat_ws(' ', 'function', p.oid::regprocedure, p.proacl, md5(p.prosrc)) FROM pg_proc p WHERE p.oid >= 16384
            UNION ALL SELECT concat_ws(' ', 'schema', n.nspname, a.grantee::regrole, a.privilege_type)
            FROM pg_namespace n CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
            ORDER BY 1""";

    private int enforced;
    private int hidden;
    private int through;
    private final List<String> refused = new ArrayList<>();

    @Test
    void hidesWhatTheMapSaysAndLeavesNothingBehind() throws SQLException {
        int version = TestDatabase.serverVersion();
        for (long seed = ONLY == null ? 1 : ONLY; seed <= (ONLY == null ? SCHEMAS : ONLY); seed++) {
            try {
                run(seed, version);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        System.out.println("enforced " + enforced + " maps, which hid " + hidden + " rows, " + through
                + " tables through others; refused " + refused);
        if (ONLY == null) {
            assertThat(enforced).isGreaterThan(SCHEMAS / 4);
            assertThat(hidden).isPositive();
            assertThat(SCHEMAS < 15 || through > 0).isTrue();
        }
    }

    private void run(long seed, int version) throws SQLException {
        SeededRandom dice = new SeededRandom(seed);
        RandomSchema schema = RandomSchema.of(dice, version);
        try (TestDatabase database = TestDatabase.createFrom(RandomSchema.TEMPLATE);
                TrialDatabase stage = TrialDatabase.of(database, schema).keepingRecords();
                Statement statement = stage.connection().createStatement()) {
            statement.execute("SET TimeZone = 'UTC'; " + schema.sql());
            stage.connection().setAutoCommit(false);
            Exeunt exeunt = stage.exeunt(ProgressListener.NONE);
            Optional<MapModel> passed = map(stage, exeunt, dice);
            if (passed.isPresent()) {
                exeunt.migrate();
                enforce(stage, exeunt, passed.get());
            }
        }
    }

    private static Optional<MapModel> map(TrialDatabase stage, Exeunt exeunt, SeededRandom dice) {
        String draft = exeunt.draft(stage.schema().people().toString()).yaml();
        return MapHillClimb.from(
                        MapModelReader.of(stage.schema(), MapReader.read(draft, "exeunt.yaml")),
                        dice,
                        MapCheckSeries.on(stage.database())::check)
                .passed();
    }

    private static List<RandomTable> mapped(MapModel model, RandomSchema schema) {
        return schema.tables().stream()
                .filter(table -> !model.reaching(table).isEmpty())
                .toList();
    }

    /** Tables that no other row leads to: every link holds the key. */
    private static List<RandomTable> direct(MapModel model, RandomSchema schema) {
        return mapped(model, schema).stream()
                .filter(table -> model.reaching(table).stream()
                        .allMatch(r -> r.self() || r.link() instanceof ModelLink.ModelDirectLink))
                .toList();
    }

    private void enforce(TrialDatabase stage, Exeunt exeunt, MapModel model) throws SQLException {
        TestDatabase database = stage.database();
        String role = database.createRole("reader_" + database.databaseName());
        List<RandomTable> tables = mapped(model, stage.schema());
        for (RandomTable table : tables) {
            database.execute("GRANT USAGE ON SCHEMA \"" + table.schema().replace("\"", "\"\"") + "\" TO " + role
                    + "; GRANT SELECT ON " + table.quoted() + " TO " + role);
        }
        DataMap map = Exeunt.readMap(
                new ModelYaml(model)
                        .yaml()
                        .replace(
                                "version: 1\n",
                                "version: 1\nflows: { deactivate: { grace: 30d } }\nroles: { application: [" + role
                                        + "] }\n"),
                "exeunt.yaml");
        List<String> before = database.column(CATALOGUE);
        List<String> key = stage.schema().keys().get(0);
        Map<RandomTable, Set<String>> seen = seen(database, role, tables);
        Optional<String> refusal = refusal(exeunt, map, database, before);
        if (refusal.filter(why -> why.contains("No policy can hide the rows of "))
                .isPresent()) {
            List<RandomTable> left = direct(model, stage.schema());
            tables.stream()
                    .filter(table -> !left.contains(table))
                    .forEach(table -> database.execute("REVOKE SELECT ON " + table.quoted() + " FROM " + role));
            tables = left;
            before = database.column(CATALOGUE);
            seen = seen(database, role, tables);
            refusal = refusal(exeunt, map, database, before);
        } else if (refusal.isEmpty()) {
            through += tables.size() - direct(model, stage.schema()).size();
        }
        if (refusal.isPresent()) {
            return;
        }
        assertThat(seen(database, role, tables)).isEqualTo(seen);
        assertThat(exeunt.enforcement(map).status().differences()).isEmpty();
        LinkTraversal traversal = new LinkTraversal(model, stage.now(), List.of(key));
        exeunt.requests(map).submit(NewRequest.self(AccountFlow.DEACTIVATE, String.join(",", key)));
        Map<RandomTable, Set<String>> expected = new TreeMap<>(java.util.Comparator.comparing(RandomTable::quoted));
        seen.forEach((table, rows) -> expected.put(table, visible(traversal, table, rows)));
        assertThat(seen(database, role, tables)).isEqualTo(expected);
        exeunt.requests(map).reactivate(String.join(",", key), Actor.SELF, null);
        assertThat(seen(database, role, tables)).isEqualTo(seen);
        exeunt.enforcement(map).remove();
        assertThat(database.column(CATALOGUE)).isEqualTo(before);
        enforced++;
    }

    private Set<String> visible(LinkTraversal traversal, RandomTable table, Set<String> rows) {
        Set<String> absent = traversal.before().under(table).stream()
                .filter(row -> reached(traversal, row))
                .map(SnapshotRow::uid)
                .collect(Collectors.toSet());
        hidden += absent.size();
        return rows.stream().filter(uid -> !absent.contains(uid)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean reached(LinkTraversal traversal, SnapshotRow row) {
        for (ModelRole role : traversal.roles(row)) {
            if (traversal.rows(role).contains(row)) {
                return true;
            }
        }
        return false;
    }

    /** Enforces the map. Returns why it could not, in which case the catalogue is as before. */
    private Optional<String> refusal(Exeunt exeunt, DataMap map, TestDatabase database, List<String> before) {
        try {
            exeunt.enforcement(map).apply();
            return Optional.empty();
        } catch (MapInvalidException e) {
            refused.add(e.findings().get(0).code().word());
            return Optional.of(e.getMessage());
        } catch (ExeuntException e) {
            assertThat(database.column(CATALOGUE)).isEqualTo(before);
            refused.add(e.getMessage());
            return Optional.of(e.getMessage());
        }
    }

    private static Map<RandomTable, Set<String>> seen(TestDatabase database, String role, List<RandomTable> tables)
            throws SQLException {
        Map<RandomTable, Set<String>> seen = new TreeMap<>(java.util.Comparator.comparing(RandomTable::quoted));
        try (Connection connection =
                        role.equals(database.user()) ? database.connection() : database.connectionAs(role);
                Statement statement = connection.createStatement()) {
            for (RandomTable table : tables) {
                Set<String> rows = new TreeSet<>();
                try (ResultSet row = statement.executeQuery("SELECT tableoid::regclass, uid FROM " + table.quoted())) {
                    while (row.next()) {
                        rows.add(row.getString(2));
                    }
                }
                seen.put(table, rows);
            }
        }
        return seen;
    }
}

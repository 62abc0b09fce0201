package dev.exeunt.internal.enforce;

import dev.exeunt.internal.enforce.EnforcedState.EnforcedObject;
import dev.exeunt.internal.enforce.EnforcedState.RecordedSecurity;
import dev.exeunt.internal.enforce.EnforcedTable.TablePart;
import dev.exeunt.internal.enforce.EnforcementScript.ObjectName;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.AccountFlow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what the map wants with what stands in the database, and lists what still shows hidden rows. */
final class EnforcementComparison {

    private static final String RECORDING = """
            SELECT EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgrelid = to_regclass('exeunt.request')
                AND t.tgname = 'exeunt_record_absence' AND t.tgenabled IN ('O', 'A'))""";

    /** Whether a map was enforced and the role may read what was recorded of it. */
    private static final String READABLE = """
            SELECT EXISTS (SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE n.nspname = 'exeunt' AND c.relname IN ('enforcement', 'enforced_object')
                    AND has_schema_privilege(n.oid, 'USAGE')
                HAVING bool_and(has_table_privilege(c.oid, 'SELECT')))""";

    private final Connection connection;
    private final EnforcementRules rules;

    EnforcementComparison(Connection connection, EnforcementRules rules) {
        this.connection = connection;
        this.rules = rules;
    }

    /** Returns the differences as notes on a map that was checked; none where nothing was enforced. */
    static List<String> notes(Connection connection, Map<AccountFlow, FlowPlan> flows) throws SQLException {
        if (!SqlRunner.isTrue(connection, SqlFragment.of(READABLE))) {
            return List.of();
        }
        EnforcementRules rules = new EnforcedState(connection).withParts(EnforcementRules.of(flows));
        return new EnforcementComparison(connection, rules)
                .differences().stream()
                        .map(difference -> "Enforced in the database, but: " + difference)
                        .toList();
    }

    /** Each as a sentence; empty where the database does what the map says. */
    List<String> differences() throws SQLException {
        EnforcedState state = new EnforcedState(connection);
        List<String> differences = new ArrayList<>();
        if (!state.applied()) {
            return List.of("Nothing is enforced. Run exeunt enforce --apply.");
        }
        Map<ObjectName, String> wanted =
                new LinkedHashMap<>(EnforcementScript.of(connection, rules).hashes());
        for (EnforcedObject object : state.objects()) {
            String hash = wanted.remove(new ObjectName(object.table(), object.name()));
            difference(object, hash, differences);
        }
        wanted.keySet()
                .forEach(missing -> differences.add(missing.object() + " is missing on " + missing.table() + "."));
        for (RecordedSecurity recorded : state.recordedSecurity()) {
            if (!recorded.now().on()) {
                differences.add("Row security is off for " + recorded.table() + ".");
            } else if (rules.force() != recorded.now().forced()
                    && !recorded.before().forced()) {
                differences.add(
                        "Row security is " + (rules.force() ? "not " : "") + "forced for " + recorded.table() + ".");
            }
        }
        if (!SqlRunner.isTrue(connection, SqlFragment.of(RECORDING))) {
            differences.add("The trigger exeunt_record_absence on exeunt.request is missing or off.");
        }
        differences.addAll(EnforcementObstacles.find(connection, rules));
        return differences;
    }

    private static void difference(EnforcedObject object, @Nullable String hash, List<String> to) {
        String what = object.name().equals(EnforcedState.VIEW)
                ? "View " + object.table()
                : object.name() + " on " + object.table();
        if (hash == null) {
            to.add(what + " is enforced, and the map does not say so any more.");
        } else if (object.definition() == null) {
            to.add(
                    object.name().equals(EnforcedState.VIEW)
                            ? "View " + object.table() + " is missing."
                            : object.name() + " is missing on " + object.table() + ".");
        } else if (!object.definition().equals(object.recorded())) {
            to.add(what + " was changed by another program.");
        } else if (!hash.equals(object.statement())) {
            to.add(what + " is not what the map says now.");
        }
    }

    List<String> exposures() throws SQLException {
        List<String> exposures = new ArrayList<>();
        String[] tables = rules.tables().stream()
                .filter(t -> !t.absent().isEmpty())
                .flatMap(t -> Stream.concat(
                        Stream.of(t.table().name()), t.parts().stream().map(TablePart::name)))
                .map(TableName::quoted)
                .distinct()
                .toArray(String[]::new);
        for (String query : ExposureQueries.SHOWING) {
            SqlTemplate template = SqlTemplate.of(query);
            if (query.contains(":tables")) {
                template.bind("tables", tables);
            }
            if (query.contains(":application")) {
                template.bind("application", rules.application().toArray(String[]::new));
            }
            if (query.contains(":exempt")) {
                template.bind("exempt", rules.exempt().toArray(String[]::new));
            }
            exposures.addAll(SqlRunner.list(connection, template.toFragment(), row -> row.getString(1)));
        }
        return exposures;
    }
}

package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.testkit.FixApplier;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSchemaReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Applies each suggested fix on its own and asserts that its finding is gone without a new error. */
final class FixVerifier {

    private FixVerifier() {}

    /** The map as it is, wholly in braces, and without any braces: a paste has to fit into each. */
    private static final List<UnaryOperator<String>> STYLES =
            List.of(map -> map, map -> dumped(map, FlowStyle.FLOW), map -> dumped(map, FlowStyle.BLOCK));

    private static final Set<FindingCode> ABOUT_THE_DATABASE = Set.of(
            FindingCode.REPLICA_IDENTITY, FindingCode.SIDE_EFFECT, FindingCode.CANNOT_SEE, FindingCode.NO_RIGHTS);

    private static final Pattern DISARMS = Pattern.compile("(?i)\\b(disable|drop (trigger|rule|constraint|policy))\\b");

    /** Each finding that has something to paste is gone once it is, and no error has come instead. */
    static void pasted(String sql, String map) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            DatabaseSchema schema = TestSchemaReader.schema(world.database());
            Set<String> tried = new HashSet<>();
            for (UnaryOperator<String> style : STYLES) {
                String written = style.apply(map);
                if (tried.add(written)) {
                    pasted(world.database(), schema, written, sql);
                }
            }
        }
    }

    private static void pasted(TestDatabase database, DatabaseSchema schema, String map, String sql) {
        MapDefinition before = MapReader.read(map, "exeunt.yaml");
        List<Finding> findings = MappedDatabase.check(database, before, schema).findings();
        for (Finding finding : findings) {
            assertThat(finding.fix().toString()).doesNotContainPattern(DISARMS);
            if (finding.fix().paste() instanceof SuggestedFix.SqlStatement statement) {
                run(statement, finding, findings, sql, map);
            }
        }
        pastedEntries(database, schema, map);
    }

    /** Pastes what goes into the map, each on its own; returns how many there were. */
    static int pastedEntries(TestDatabase database, DatabaseSchema schema, String map) {
        MapDefinition before = MapReader.read(map, "exeunt.yaml");
        List<Finding> findings = MappedDatabase.check(database, before, schema).findings();
        int pasted = 0;
        for (Finding finding : findings) {
            SuggestedFix.Snippet paste = finding.fix().paste();
            if (paste != null && !(paste instanceof SuggestedFix.SqlStatement)) {
                String fixed = FixApplier.into(map, finding);
                MapDefinition after = MapReader.read(fixed, "exeunt.yaml");
                gone(
                        finding,
                        findings,
                        MappedDatabase.check(database, after, schema).findings(),
                        fixed);
                SafePaste.assertSafe(before, after, schema, finding);
                pasted++;
            }
        }
        return pasted;
    }

    private static String dumped(String map, FlowStyle style) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(map);
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(style)
                        .setWidth(1000)
                        .build())
                .dumpToString(loaded);
    }

    private static void run(
            SuggestedFix.SqlStatement statement, Finding finding, List<Finding> findings, String sql, String map) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.database().execute(statement.text());
            gone(finding, findings, world.check().findings(), map);
        }
    }

    private static void gone(Finding finding, List<Finding> before, List<Finding> after, String map) {
        assertThat(about(after)).as(finding + "\n" + map).doesNotContain(about(finding));
        Set<String> errors = new HashSet<>(about(after.stream()
                .filter(Finding::isError)
                .filter(error -> !comesWithTheTable(finding, error))
                .toList()));
        errors.removeAll(about(before));
        assertThat(errors).as("new errors after: " + finding + "\n" + map).isEmpty();
    }

    /** What the database has against a table was there before the map named the table. */
    private static boolean comesWithTheTable(Finding finding, Finding error) {
        return finding.code() == FindingCode.UNMAPPED_TABLE
                && ABOUT_THE_DATABASE.contains(error.code())
                && error.what().startsWith(finding.what());
    }

    private static List<String> about(List<Finding> findings) {
        return findings.stream().map(FixVerifier::about).toList();
    }

    private static String about(Finding finding) {
        return finding.code().word() + " " + finding.what() + " " + finding.message();
    }
}

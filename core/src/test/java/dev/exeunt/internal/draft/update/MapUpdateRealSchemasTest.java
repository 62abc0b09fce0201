package dev.exeunt.internal.draft.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.draft.MapDrafter;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.map.FindingCode;
import dev.exeunt.testkit.RealSchemaScripts;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tests that an update restores tables and links taken out of drafts of real schemas. */
class MapUpdateRealSchemasTest {

    @TestFactory
    Stream<DynamicTest> whatWasTakenOutOfADraftComesBack() {
        return RealSchemaScripts.all().stream()
                .map(script -> DynamicTest.dynamicTest(script.getFileName().toString(), () -> grow(script)));
    }

    private static void grow(Path script) throws IOException {
        String sql = Files.readString(script);
        String subject = sql.contains("create table \"public\".\"users\"") ? "users" : "User";
        try (TestDatabase database = TestDatabase.createFrom(sql)) {
            DatabaseSchema schema = CheckedUpdate.read(database);
            String draft = MapDrafter.draft(schema, schema.requireTable(subject).name())
                    .yaml();
            for (long seed = 1; seed <= 12; seed++) {
                String thinned = thinned(draft, subject, new Random(seed));
                CheckedUpdate updated = CheckedUpdate.of(schema, thinned);

                assertThat(updated.update().changes()).isTrue();
                assertThat(updated.update().left()).isEmpty();
                Set<String> roles = roles(updated.text());
                assertThat(roles).as("seed " + seed).containsAll(declared(schema, subject));
                assertThat(roles(draft)).allMatch(r -> roles.contains(r) || pointedOut(updated, r));
                assertThat(tables(updated.text())).isEqualTo(tables(draft));
                assertThat(updated.errors(database))
                        .as("seed " + seed + "\n" + updated.update().diff())
                        .allMatch(f -> f.code() == FindingCode.UNDECIDED);
            }
        }
    }

    /** Without some tables, and without some of the links that stand on a line of their own among others. */
    private static String thinned(String draft, String subject, Random random) {
        List<String> kept = new ArrayList<>();
        boolean out = false;
        boolean named = false;
        for (String line : draft.lines().toList()) {
            if (line.matches("\\S.*|  [^ #].*:")) {
                out = line.matches("  [^ ].*:") && !line.strip().equals(subject + ":") && random.nextInt(5) == 0;
                named = false;
            }
            boolean link = line.matches("      [^ #].*: \\{.*}.*");
            boolean gone = link && named && random.nextInt(4) == 0;
            named |= link;
            if (!out && !gone) {
                kept.add(line);
            }
        }
        return String.join("\n", kept) + "\n";
    }

    private static Set<String> tables(String yaml) {
        Set<String> tables = new TreeSet<>();
        MapReader.read(yaml, "exeunt.yaml")
                .tables()
                .forEach(t -> tables.add(t.table().text()));
        return tables;
    }

    private static Set<String> roles(String yaml) {
        Set<String> roles = new TreeSet<>();
        MapReader.read(yaml, "exeunt.yaml")
                .tables()
                .forEach(t ->
                        t.roles().forEach(r -> roles.add(t.table().text() + " " + ExistingMapModel.columns(r.link()))));
        return roles;
    }

    /** Links that foreign keys declare. */
    private static Set<String> declared(DatabaseSchema schema, String subject) {
        Set<String> roles = new TreeSet<>();
        schema.tables()
                .forEach(t -> t.foreignKeys().stream()
                        .filter(f -> f.parent().name().equals(subject))
                        .forEach(f -> roles.add(t.name().name() + " " + f.columns())));
        return roles;
    }

    private static boolean pointedOut(CheckedUpdate updated, String role) {
        String column = role.replaceAll(" \\[(.*)]", ".$1 may ");
        return updated.update().hints().stream().anyMatch(h -> h.startsWith(column));
    }
}

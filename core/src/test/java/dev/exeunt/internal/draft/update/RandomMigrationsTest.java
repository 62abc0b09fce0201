package dev.exeunt.internal.draft.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.draft.MapDrafter;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.MapDraft;
import dev.exeunt.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Tests map updates on random schemas: a draft, edits, migrations, then an update. A failure names its seed:
 * {@code -Dexeunt.seed=…} starts with it, {@code -Dexeunt.seeds=…} tries more.
 */
class RandomMigrationsTest {

    private static final int SEEDS = Integer.getInteger("exeunt.seeds", 25);
    private static final long FIRST = Long.getLong("exeunt.seed", 1);

    @Test
    void anEditedMapGrowsWithItsSchemaAndSaysWhatAFreshDraftWouldAsk() {
        int grown = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            grown += grows(seed) ? 1 : 0;
        }
        assertThat(grown).as("maps that grew").isGreaterThan(SEEDS / 2);
    }

    private static boolean grows(long seed) {
        Random random = new Random(seed);
        RandomMigrations migrations = new RandomMigrations(random);
        try (TestDatabase database = TestDatabase.createFrom(migrations.first())) {
            MapDraft draft = MapDrafter.draft(CheckedUpdate.read(database), new TableName("public", "users"));
            String edited = edited(draft.yaml(), random);
            String migration = migrations.next();
            database.execute(migration);
            DatabaseSchema schema = CheckedUpdate.read(database);

            CheckedUpdate updated = CheckedUpdate.of(schema, edited);

            String told =
                    "seed " + seed + "\n" + migration + "\n" + updated.update().diff() + "\n" + updated.text() + "\n"
                            + updated.update().left();
            Set<String> left = updated.update().left().stream()
                    .map(l -> l.what().split(" ")[0])
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(updated.errors())
                    .as(told)
                    .filteredOn(f -> f.code() != FindingCode.UNDECIDED)
                    .allMatch(f -> left.contains(table(f)));
            return updated.update().changes();
        }
    }

    private static String table(Finding finding) {
        return finding.what().split("[.]")[0];
    }

    /** Tables in another order, comments everywhere, another indentation, other line breaks, some with braces. */
    private static String edited(String draft, Random random) {
        List<String> lines = draft.lines().toList();
        int first = lines.indexOf("tables:") + 1;
        int last = first;
        while (last < lines.size()
                && (lines.get(last).isBlank() || lines.get(last).startsWith(" "))) {
            last++;
        }
        List<List<String>> tables = new ArrayList<>();
        for (String line : lines.subList(first, last)) {
            if (line.matches("  [^ #].*")) {
                tables.add(new ArrayList<>());
            }
            if (!tables.isEmpty() && !line.startsWith("  #")) {
                tables.get(tables.size() - 1).add(line);
            }
        }
        Collections.shuffle(tables, random);
        int step = 2 * (1 + random.nextInt(3));
        List<String> edited = new ArrayList<>(lines.subList(0, first));
        tables.forEach(t -> t.forEach(line -> {
            int in = line.length() - line.stripLeading().length();
            String indent = " ".repeat(in * step / 2);
            boolean list = line.endsWith("[") || line.endsWith(",") || line.endsWith("]");
            edited.add((indent + line.strip() + (list || random.nextInt(4) > 0 ? "" : "   # mine")).stripTrailing());
            if (!list && random.nextInt(6) == 0) {
                edited.add(indent + "# and a line of mine");
            }
        }));
        edited.addAll(lines.subList(last, lines.size()));
        String text = String.join(random.nextInt(4) == 0 ? "\r\n" : "\n", edited);
        return random.nextBoolean() ? text : text + "\n";
    }
}

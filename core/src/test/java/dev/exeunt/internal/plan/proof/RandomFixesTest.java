package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.promise.answer.MapHillClimb;
import dev.exeunt.promise.answer.MapModelReader;
import dev.exeunt.promise.answer.ModelYaml;
import dev.exeunt.promise.made.RandomSchema;
import dev.exeunt.testkit.MapCheckSeries;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SeededRandom;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSchemaReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pastes each fix of made-up maps over made-up schemas: the map stays well-formed, and no error comes instead. */
class RandomFixesTest {

    private static final int SCHEMAS =
            Integer.getInteger("exeunt.fix.schemas", Boolean.getBoolean("exeunt.long") ? 600 : 12);
    private static final int MAPS = 4;
    private static final long FIRST_SEED = Long.getLong("exeunt.seed", 1);

    @Test
    void noPasteBringsAnErrorOrHarm() {
        List<String> failures = new ArrayList<>();
        int pasted = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEMAS; seed++) {
            try {
                pasted += pasted(seed);
            } catch (RuntimeException | AssertionError e) {
                failures.add("seed " + seed + ": " + e.getMessage());
            }
        }
        assertThat(failures).isEmpty();
        assertThat(pasted).isPositive();
    }

    private static int pasted(long seed) {
        SeededRandom dice = new SeededRandom(seed);
        RandomSchema schema = RandomSchema.of(dice, TestDatabase.serverVersion());
        try (TestDatabase database = TestDatabase.createFrom(RandomSchema.TEMPLATE)) {
            database.execute("SET TimeZone = 'UTC'; " + schema.sql());
            DatabaseSchema live = TestSchemaReader.schema(database);
            String drafted = new MappedDatabase(database, null)
                    .exeunt()
                    .draft(schema.people().toString())
                    .yaml();
            MapHillClimb climb = MapHillClimb.from(
                    MapModelReader.of(schema, MapReader.read(drafted, "exeunt.yaml")),
                    dice,
                    MapCheckSeries.on(database, live)::check);
            int pasted = 0;
            for (MapHillClimb.RefusedMap refused : dice.some(climb.refused(), MAPS)) {
                String map = new ModelYaml(refused.answers()).yaml();
                pasted += FixVerifier.pastedEntries(database, live, map);
            }
            return pasted;
        }
    }
}

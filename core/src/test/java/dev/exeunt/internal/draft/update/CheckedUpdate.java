package dev.exeunt.internal.draft.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.database.Database;
import dev.exeunt.internal.draft.MapDrafter;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.plan.proof.MapChecker;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.map.Finding;
import dev.exeunt.map.MapDraft;
import dev.exeunt.map.UpdatedMap;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Updates a map in a test and asserts what holds for every update. */
record CheckedUpdate(DatabaseSchema schema, UpdatedMap update) {

    static DatabaseSchema read(TestDatabase database) {
        try (Connection connection = Database.at(database.jdbcUrl(), database.user(), database.password())
                .connect()) {
            return SchemaReader.read(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static CheckedUpdate of(String schema, String map) {
        try (TestDatabase database = TestDatabase.createFrom(schema)) {
            return of(read(database), map);
        }
    }

    static CheckedUpdate of(DatabaseSchema schema, String text) {
        UpdatedMap update = MapUpdater.update(schema, text, MapReader.read(text, "exeunt.yaml"), List.of());
        CheckedUpdate updated = new CheckedUpdate(schema, update);
        updated.keepsWhatWasThere();
        UpdatedMap again = MapUpdater.update(schema, update.text(), updated.map(), List.of());
        assertThat(again.text()).as("a second time").isEqualTo(update.text());
        assertThat(again.added()).isEmpty();
        return updated;
    }

    /** Line by line; within a line only between brackets. */
    private void keepsWhatWasThere() {
        List<String> after = List.of(update.text().split("(?<=\n)"));
        int next = 0;
        for (String old : update.before().split("(?<=\n)")) {
            String line = old.stripTrailing();
            while (next < after.size() && !same(line, after.get(next).stripTrailing())) {
                next++;
            }
            assertThat(next)
                    .as("line is gone: " + old + " in\n" + update.text())
                    .isLessThan(after.size());
            next++;
        }
    }

    private static boolean same(String old, String line) {
        if (old.equals(line)) {
            return true;
        }
        int begun = 0;
        while (begun < Math.min(old.length(), line.length()) && old.charAt(begun) == line.charAt(begun)) {
            begun++;
        }
        int at = 0;
        for (int i = 0; i < line.length() && at < old.length(); i++) {
            at += old.charAt(at) == line.charAt(i) ? 1 : 0;
        }
        boolean inBrackets =
                old.substring(begun).contains("]") || old.substring(begun).contains("}");
        return inBrackets && at == old.length();
    }

    String text() {
        return update.text();
    }

    MapDefinition map() {
        return MapReader.read(update.text(), "exeunt.yaml");
    }

    Role role(String table, String role) {
        return map().tables().stream()
                .filter(t -> t.table().text().equals(table))
                .flatMap(t -> t.roles().stream())
                .filter(r -> r.name().equals(role))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + table + "." + role + " in\n" + text()));
    }

    /** Where the map has no SQL of its own, which a database would have to try. */
    List<Finding> errors() {
        return MapChecker.check(map(), schema).errors();
    }

    /** @param database which the schema was read from */
    List<Finding> errors(TestDatabase database) {
        return MappedDatabase.check(database, map(), schema).errors();
    }

    MapDraft fresh() {
        return MapDrafter.draft(
                schema, schema.resolve(map().subject().table()).orElseThrow().name());
    }
}

package dev.exeunt.internal.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.database.Database;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.MapDraft;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Drafts a map for a test schema and holds the draft, the schema and the check result. */
record DraftedMap(DatabaseSchema schema, TableName subject, MapDraft draft, MapDefinition map, MapCheckResult checked) {

    /** For a new database after this script. */
    static DraftedMap of(String subject, String sql) {
        try (TestDatabase database = TestDatabase.createFrom(sql);
                Connection connection = Database.at(database.jdbcUrl(), database.user(), database.password())
                        .connect()) {
            DatabaseSchema schema = SchemaReader.read(connection);
            TableName name = new TableName("public", subject);
            MapDraft draft = MapDrafter.draft(schema, name);
            MapDefinition map = MapReader.read(draft.yaml(), "exeunt.yaml");
            return new DraftedMap(schema, name, draft, map, MappedDatabase.check(database, map, schema));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    MappedTable table(String name) {
        return map.tables().stream()
                .filter(t -> t.table().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not mapped in\n" + draft.yaml()));
    }

    boolean maps(String name) {
        return map.tables().stream().anyMatch(t -> t.table().name().equals(name));
    }

    Role role(String table, String role) {
        return table(table).roles().stream()
                .filter(r -> r.name().equals(role))
                .findFirst()
                .orElseThrow(() -> new AssertionError(table + " has no role " + role + " in\n" + draft.yaml()));
    }

    /** The fate of a table's only role. */
    Fate fate(String table) {
        assertThat(table(table).roles()).as(draft.yaml()).hasSize(1);
        return table(table).roles().get(0).fate();
    }

    List<Finding> errors() {
        return checked.errors();
    }

    /** Holds for every draft, whatever the schema. */
    void isSound() {
        assertThat(errors().stream().filter(f -> f.code() != FindingCode.UNDECIDED))
                .as(draft.yaml())
                .isEmpty();
        assertThat(MapDrafter.draft(schema, subject).yaml()).isEqualTo(draft.yaml());
        schema.inbound().getOrDefault(subject, List.of()).forEach(this::hasRole);
        long undecided = map.tables().stream()
                .filter(t -> t.roles().stream().anyMatch(r -> r.fate() instanceof Fate.Undecided))
                .count();
        assertThat(draft.summary().undecided()).isEqualTo((int) undecided);
        assertThat(draft.summary().mapped()).isEqualTo(map.tables().size());
    }

    private void hasRole(ForeignKey key) {
        assertThat(map.tables().stream()
                        .filter(t -> t.table().name().equals(key.child().name()))
                        .flatMap(t -> t.roles().stream())
                        .filter(r -> r.link() instanceof Link.DirectLink direct
                                && direct.columns().stream()
                                        .map(w -> w.text())
                                        .toList()
                                        .containsAll(key.columns())))
                .as("a role for " + key)
                .isNotEmpty();
    }
}

package dev.exeunt.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSchemaReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Which tables are listed, and what partitions become of. */
class SchemaReaderTablesTest {

    @Test
    void tablesOfTheSystemOfExtensionsAndOfExeuntAreNotListed() throws SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            database.execute("""
                    CREATE SCHEMA exeunt; CREATE TABLE exeunt.requests (id int);
                    CREATE SCHEMA pgx; CREATE TABLE pgx.kept (id int);
                    CREATE TABLE config (id int); CREATE TABLE mine (id int); CREATE VIEW seen AS SELECT * FROM mine;
                    CREATE MATERIALIZED VIEW copied AS SELECT * FROM mine;
                    CREATE EXTENSION hstore; ALTER EXTENSION hstore ADD TABLE config
                    """);
            try (Connection connection = database.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMP TABLE passing (id int)");

                assertThat(SchemaReader.read(connection).tables())
                        .extracting(t -> t.name().toString())
                        .containsExactly("pgx.kept", "mine");
            }
        }
    }

    @Test
    void anExtensionsTableIsListedWhereAForeignKeyTiesItToTheApplication() {
        DatabaseSchema schema = TestSchemaReader.schemaOf("""
                CREATE TABLE config (id int PRIMARY KEY); CREATE TABLE other_config (id int REFERENCES config);
                CREATE TABLE mine (id int REFERENCES config);
                CREATE EXTENSION hstore;
                ALTER EXTENSION hstore ADD TABLE config; ALTER EXTENSION hstore ADD TABLE other_config
                """);

        assertThat(schema.tables()).extracting(t -> t.name().name()).containsExactly("config", "mine");
    }

    @Test
    void foreignTablesAreListedAsSuch() {
        Table table = TestSchemaReader.table("far", """
                CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
                CREATE FOREIGN TABLE far (line text) SERVER files OPTIONS (filename '/dev/null')
                """);

        assertThat(table.kind()).isEqualTo(Table.RelationKind.FOREIGN);
    }

    private static final String PARTITIONED = """
            CREATE TABLE users (id int PRIMARY KEY);
            CREATE TABLE events (id int, day date, actor int CONSTRAINT actor REFERENCES users ON DELETE CASCADE,
                                 PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01') PARTITION BY LIST (id);
            CREATE TABLE events_1a PARTITION OF events_1 DEFAULT;
            CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
            CREATE TABLE likes (event int, day date, CONSTRAINT liked FOREIGN KEY (event, day) REFERENCES events);
            """;

    @Test
    void aPartitionedTableStandsForItsPartitionsWithForeignKeysInBothDirections() {
        DatabaseSchema schema = TestSchemaReader.schemaOf(PARTITIONED);

        assertThat(schema.tables()).extracting(t -> t.name().name()).containsExactly("events", "likes", "users");
        assertThat(TestSchemaReader.table(schema, "events").kind()).isEqualTo(Table.RelationKind.PARTITIONED);
        assertThat(TestSchemaReader.table(schema, "events").primaryKey()).containsExactly("id", "day");
        assertThat(TestSchemaReader.table(schema, "events").foreignKeys())
                .singleElement()
                .hasToString("events.actor → users.id");
        assertThat(TestSchemaReader.table(schema, "likes").foreignKeys())
                .singleElement()
                .hasToString("likes.event, day → events.id, day");
    }

    @Test
    void aForeignKeyOfOrToOnePartitionIsItsRoots() {
        DatabaseSchema schema = TestSchemaReader.schemaOf(PARTITIONED + """
                ALTER TABLE events ADD witness int;
                ALTER TABLE events_1a ADD CONSTRAINT own FOREIGN KEY (witness) REFERENCES users;
                CREATE TABLE notes (event int, day date, CONSTRAINT noted FOREIGN KEY (event, day) REFERENCES events_2)
                """);

        assertThat(TestSchemaReader.table(schema, "events").foreignKeys())
                .extracting(ForeignKey::toString)
                .containsExactly("events.actor → users.id", "events.witness → users.id");
        assertThat(TestSchemaReader.table(schema, "notes").foreignKeys())
                .singleElement()
                .hasToString("notes.event, day → events.id, day");
    }

    @Test
    void anAttachedPartitionWithOtherColumnNumbersBringsNoSecondKey() {
        DatabaseSchema schema = TestSchemaReader.schemaOf(PARTITIONED + """
                CREATE TABLE events_3 (gone text, actor int, day date NOT NULL, id int NOT NULL, FOREIGN KEY (actor) REFERENCES users ON DELETE CASCADE);
                ALTER TABLE events_3 DROP COLUMN gone;
                ALTER TABLE events ATTACH PARTITION events_3 FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')
                """);

        assertThat(TestSchemaReader.table(schema, "events").foreignKeys())
                .singleElement()
                .hasToString("events.actor → users.id");
    }

    @Test
    void aTriggerOfOnePartitionIsItsRootsAndClonesAreNotCounted() {
        Table events = TestSchemaReader.table("events", PARTITIONED + """
                        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;
                        CREATE TRIGGER every AFTER DELETE ON events FOR EACH ROW EXECUTE FUNCTION note();
                        CREATE TRIGGER own BEFORE UPDATE ON events_1a FOR EACH ROW EXECUTE FUNCTION note();
                        ALTER TABLE events_2 DISABLE TRIGGER every
                        """);

        assertThat(events.triggers())
                .containsExactly(
                        new Trigger("every", Trigger.TriggerKind.AFTER, true, false, true, null),
                        new Trigger("own", Trigger.TriggerKind.BEFORE, false, true, true, null));
    }

    @Test
    void aPartitionedTablesEstimateIsTheSumWhereItHasNoneOfItsOwn() {
        try (TestDatabase database = TestDatabase.create()) {
            database.execute(PARTITIONED);
            database.execute(
                    "INSERT INTO events SELECT i, '2026-01-05' FROM generate_series(1, 30) i;"
                            + "INSERT INTO events SELECT i, '2026-02-05' FROM generate_series(1, 12) i; ANALYZE events_1; ANALYZE events_2");

            assertThat(TestSchemaReader.table(TestSchemaReader.schema(database), "events")
                            .estimatedRows())
                    .isEqualTo(42);

            database.execute("ANALYZE events");
            assertThat(TestSchemaReader.table(TestSchemaReader.schema(database), "events")
                            .estimatedRows())
                    .isEqualTo(42);
        }
    }
}

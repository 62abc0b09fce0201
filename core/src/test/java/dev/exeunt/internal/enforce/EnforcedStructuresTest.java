package dev.exeunt.internal.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what is enforced on partitions, inheriting tables, hostile names, keys of several columns, and beside policies and views. */
class EnforcedStructuresTest {

    private static final String SCHEMA = """
            CREATE SCHEMA "Odd "".schema$exeunt$";
            CREATE TABLE "Odd "".schema$exeunt$"."User's ;
            table" ("Tenant.Id" int, "key""col" text COLLATE "C", name varchar(40) NOT NULL, seen timestamptz, person text, since text,
                PRIMARY KEY ("Tenant.Id", "key""col"));
            CREATE TABLE events (id bigint, "Tenant.Id" bigint, "who.' " varchar(60), kind text NOT NULL, at timestamptz NOT NULL, found boolean,
                PRIMARY KEY (id, at, kind)) PARTITION BY RANGE (at);
            CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (kind);
            CREATE TABLE events_2026_user PARTITION OF events_2026 DEFAULT;
            CREATE INDEX ON events ("who.' ");
            CREATE TABLE notes (id int PRIMARY KEY, "Tenant.Id" int, owner text, text text);
            CREATE TABLE private_notes (secret text) INHERITS (notes);
            CREATE INDEX ON notes (owner);
            CREATE INDEX ON private_notes (owner);
            INSERT INTO "Odd "".schema$exeunt$"."User's ;
            table" SELECT t, k, 'name' FROM generate_series(1, 2) AS t, unnest(ARRAY['a', 'A', '; DROP TABLE notes; --']) AS k;
            INSERT INTO events SELECT row_number() OVER (), "Tenant.Id", "key""col", kind, at, false
            FROM "Odd "".schema$exeunt$"."User's ;
            table", unnest(ARRAY['user', 'system']) AS kind, unnest(ARRAY['2025-03-01Z', '2026-03-01Z']::timestamptz[]) AS at;
            INSERT INTO notes SELECT row_number() OVER (), "Tenant.Id", "key""col", 'text' FROM "Odd "".schema$exeunt$"."User's ;
            table";
            INSERT INTO private_notes SELECT 100 + row_number() OVER (), "Tenant.Id", "key""col", 'text', 'secret'
            FROM "Odd "".schema$exeunt$"."User's ;
            table";
            GRANT USAGE ON SCHEMA "Odd "".schema$exeunt$" TO APP, MODERATOR;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, "Odd "".schema$exeunt$" TO APP, MODERATOR;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: '"Odd "".schema$exeunt$"."User''s ;\\n            table"', key: [Tenant.Id, 'key"col'] }
            flows: { deactivate: { grace: 30d } }
            tables:
              '"Odd "".schema$exeunt$"."User''s ;\\n            table"':
                erase: { anonymize: { name: "gone" }, retain: [person, since] }
              events:
                subject: [Tenant.Id, "who.' "]
                where: "kind = 'user' and found is not true"
                new-rows: refuse
                erase: delete
              notes:
                subject: [Tenant.Id, owner]
                new-rows: refuse
                erase: delete
            roles: { application: [APP], exempt: [MODERATOR] }
            """;

    private static final String KEY = "1,; DROP TABLE notes; --";

    private final EnforcedApplication application =
            EnforcedApplication.of(SCHEMA.replace("\n            table", "\ntable"), yamlNames(MAP));

    /** A name with a line break is written with double quotes in YAML. */
    private static String yamlNames(String map) {
        String name = "\"\\\"Odd \\\"\\\".schema$exeunt$\\\".\\\"User's ;\\ntable\\\"\"";
        return map.replace("'\"Odd \"\".schema$exeunt$\".\"User''s ;\\n            table\"'", name);
    }

    @AfterEach
    void close() {
        application.close();
    }

    private String count(String role, String table) {
        return application.read(role, "SELECT count(*) FROM " + table).get(0);
    }

    @Test
    void hidesRowsOfPartitionsAndInheritingTablesHoweverTheyAreAddressed() {
        List<String> before = application.catalogue();
        application.enforcement().apply();
        application.ask(AccountFlow.DEACTIVATE, KEY);
        assertThat(count("app", "events")).isEqualTo("22");
        assertThat(count("app", "events_2025")).isEqualTo("11");
        assertThat(count("app", "events_2026")).isEqualTo("11");
        assertThat(count("app", "events_2026_user")).isEqualTo("11");
        assertThat(count("app", "notes")).isEqualTo("10");
        assertThat(count("app", "ONLY notes")).isEqualTo("5");
        assertThat(count("app", "private_notes")).isEqualTo("5");
        assertThat(application.read("app", "SELECT count(*) FROM events WHERE kind = 'system'"))
                .containsExactly("12");
        assertThat(count("moderator", "events_2025")).isEqualTo("12");
        application.requests().reactivate(KEY, Actor.SELF, null);
        assertThat(count("app", "private_notes")).isEqualTo("6");
        application.enforcement().remove();
        assertThat(application.catalogue()).isEqualTo(before);
    }

    @Test
    void refusesRowsInPartitionsAndInheritingTables() {
        application.enforcement().apply();
        application.ask(AccountFlow.DEACTIVATE, KEY);
        String person = "1, '; DROP TABLE notes; --'";
        for (String table : List.of("events", "events_2026", "events_2026_user")) {
            assertThat(application.write(
                            "app", "INSERT INTO " + table + " VALUES (100, " + person + ", 'user', '2026-05-01')"))
                    .isEqualTo("42501");
        }
        assertThat(application.write("app", "INSERT INTO private_notes VALUES (300, " + person + ", 'x')"))
                .isEqualTo("42501");
        assertThat(application.write("app", "INSERT INTO notes VALUES (300, 9, 'unknown', 'x')"))
                .as("no such person, and no foreign key that says so")
                .isEqualTo("42501");
        assertThat(application.write("app", "INSERT INTO events VALUES (100, " + person + ", 'system', '2026-05-01')"))
                .isEmpty();
        assertThat(application.write("app", "INSERT INTO notes VALUES (300, 1, 'A', 'x')"))
                .isEmpty();
    }

    @Test
    void refusesLinksOfAnInheritingTableThatItsParentWouldShow() {
        application
                .database()
                .execute("ALTER TABLE private_notes ADD COLUMN reader text; CREATE INDEX ON private_notes (reader)");
        String map = yamlNames(MAP)
                .replace(
                        "roles: {",
                        "  private_notes: { subject: [Tenant.Id, reader], export: none, erase: delete }\nroles: {");
        assertThatThrownBy(() -> application.enforcement(map).apply())
                .hasMessageContaining("The rows of private_notes are also read through notes")
                .hasMessageContaining("REVOKE");
        application.database().execute("REVOKE ALL ON notes FROM " + application.role("app"));
        application.enforcement(map).apply();
        assertThat(application.enforcement(map).status().differences()).isEmpty();
    }

    @Test
    void namesANewPartition() {
        application.enforcement().apply();
        application
                .database()
                .execute(
                        "CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')");
        assertThat(application.enforcement().status().differences())
                .containsExactlyInAnyOrder(
                        "exeunt_absent is missing on public.events_2027.",
                        "exeunt_rows is missing on public.events_2027.");
        application.enforcement().apply();
        assertThat(application.enforcement().status().differences()).isEmpty();
    }

    @Test
    void hidesFromPreparedStatementsMergeAndWrites() throws SQLException {
        application.enforcement().apply();
        try (Connection connection = application.connect("app");
                PreparedStatement prepared =
                        connection.prepareStatement("SELECT count(*) FROM notes WHERE owner = ?")) {
            connection.setAutoCommit(true);
            for (int i = 0; i < 8; i++) {
                assertThat(rows(prepared)).isEqualTo(4);
            }
            application.ask(AccountFlow.DEACTIVATE, KEY);
            assertThat(rows(prepared)).isEqualTo(2);
        }
        assertThat(application.write("app", "UPDATE notes SET text = 'seen'")).isEmpty();
        assertThat(application.write("app", "DELETE FROM notes WHERE owner LIKE ';%'"))
                .isEmpty();
        if (TestDatabase.serverVersion() >= 150_000) {
            application.write("app", """
                    MERGE INTO notes AS n USING (SELECT 1 AS x) AS s ON n.text = 'text'
                    WHEN MATCHED THEN UPDATE SET text = 'merged'""");
        }
        assertThat(application.database().column("SELECT text FROM notes WHERE \"Tenant.Id\" = 1 AND owner LIKE ';%'"))
                .containsExactly("text", "text");
    }

    private static int rows(PreparedStatement prepared) throws SQLException {
        prepared.setString(1, "; DROP TABLE notes; --");
        try (ResultSet row = prepared.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void leavesPoliciesOfTheApplicationAsTheyAre() {
        application
                .database()
                .execute("ALTER TABLE notes ENABLE ROW LEVEL SECURITY;"
                        + "CREATE POLICY tenant ON notes TO PUBLIC USING (\"Tenant.Id\" = 1)");
        List<String> before = application.catalogue();
        application.enforcement().apply();
        application.ask(AccountFlow.DEACTIVATE, KEY);
        assertThat(count("app", "ONLY notes")).isEqualTo("2");
        assertThat(count("moderator", "ONLY notes")).isEqualTo("3");
        application.enforcement().remove();
        assertThat(application.catalogue()).isEqualTo(before);
        assertThat(count("app", "ONLY notes")).isEqualTo("3");
        application.database().execute("ALTER TABLE notes DISABLE ROW LEVEL SECURITY");
        assertThatThrownBy(() -> application.enforcement().apply())
                .hasMessageContaining("Row security is off for public.notes");
    }

    @Test
    void statusNamesWhatStillShowsTheRows() {
        application
                .database()
                .execute("CREATE VIEW shown AS SELECT * FROM notes;"
                        + "CREATE VIEW below AS SELECT owner FROM shown;"
                        + "CREATE MATERIALIZED VIEW copied AS SELECT * FROM events;"
                        + "CREATE FUNCTION all_notes() RETURNS SETOF notes LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM public.notes';"
                        + "CREATE FUNCTION own_notes() RETURNS SETOF notes LANGUAGE sql AS 'SELECT * FROM public.notes';"
                        + "CREATE PUBLICATION sent FOR TABLE events_2025;"
                        + "CREATE UNIQUE INDEX by_text ON notes (id, text text_pattern_ops);"
                        + "GRANT SELECT ON shown, below, copied TO " + application.role("app"));
        boolean invoker = TestDatabase.serverVersion() >= 150_000;
        if (invoker) {
            application
                    .database()
                    .execute(
                            "CREATE VIEW hiding WITH (security_invoker = yes) AS SELECT * FROM notes; GRANT SELECT ON hiding TO "
                                    + application.role("app"));
        }
        application.enforcement().apply();
        application.ask(AccountFlow.DEACTIVATE, KEY);
        List<String> exposures = application.enforcement().status().exposures();
        for (String hole : List.of("shown", "below", "all_notes()")) {
            assertThat(count("app", hole)).as(hole).isEqualTo("12");
        }
        assertThat(count("app", "copied")).isEqualTo("24");
        assertThat(exposures)
                .contains(
                        "Materialized view public.copied keeps a copy of their rows.",
                        "Function public.all_notes() may show them: it runs with the rights of "
                                + application.database().user() + ".",
                        "Publication sent sends the rows of public.events_2025 to its subscribers.",
                        "Role " + application.role("moderator") + " sees every row: the map exempts it.",
                        "Role " + application.database().user() + " sees every row: it is a superuser.")
                .anyMatch(e -> e.startsWith("View public.shown shows them"))
                .anyMatch(e -> e.startsWith("View public.below shows them"))
                .anyMatch(e -> e.contains("unique index public.by_text"))
                .anyMatch(e -> e.contains("index public.by_text on public.notes from using it"))
                .noneMatch(e -> e.contains("hiding"))
                .noneMatch(e -> e.contains("own_notes"));
        assertThat(count("app", "own_notes()")).isEqualTo("10");
        if (invoker) {
            assertThat(count("app", "hiding")).isEqualTo("10");
        }
    }
}

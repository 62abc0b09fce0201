package dev.exeunt.internal.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where another role could put code that runs with our rights, or has done so. */
class UnsafeCodeCheckTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id int PRIMARY KEY, kind varchar(8));
            CREATE TABLE notes (id int PRIMARY KEY);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables:
              people: { erase: delete }
            not-personal: { notes: none }
            """;

    private static final String NARROWED = """
            version: 1
            subject: { table: people, key: id }
            tables:
              people: { erase: delete }
              notes: { subject: id, where: "lower(kind) = 'a'", erase: delete }
            """;

    private static void as(TestDatabase database, String role, String sql) throws SQLException {
        try (Connection connection = database.connectionAs(role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void tellsWhoMayCreateInTheSearchPath() {
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, MAP)) {
            assertThat(world.findings()).isEmpty();
            world.database().createRole("reporter");
            world.database().execute("GRANT CREATE ON SCHEMA public TO reporter, PUBLIC");
            assertThat(world.findings())
                    .containsExactlyInAnyOrder("unsafe-path public.reporter", "unsafe-path public.PUBLIC");
            assertThat(world.check().errors()).isEmpty();
        }
    }

    @Test
    void sparesThoseWhoCouldDoSoAnyway() {
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, MAP)) {
            world.database().createRole("superior");
            world.database().createRole("table_owner");
            world.database().createRole("elsewhere");
            world.database().execute("""
                    ALTER ROLE superior SUPERUSER; GRANT CREATE ON SCHEMA public TO superior, table_owner;
                    ALTER TABLE notes OWNER TO table_owner; CREATE SCHEMA aside AUTHORIZATION elsewhere;
                    """);
            assertThat(world.findings()).isEmpty();
        }
    }

    @Test
    void tellsWhoOwnsTheFunctionOfATriggerOnAMappedTable() throws SQLException {
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, MAP)) {
            world.database().createRole("reporter");
            world.database().execute("CREATE SCHEMA aside AUTHORIZATION reporter");
            as(world.database(), "reporter", """
                    CREATE FUNCTION aside.noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'
                    """);
            world.database().execute("""
                    CREATE TRIGGER noted AFTER INSERT ON people FOR EACH ROW EXECUTE FUNCTION aside.noted();
                    CREATE TRIGGER noted AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION aside.noted();
                    """);
            assertThat(world.findings()).as("notes is not mapped").containsExactly("unsafe-path people.noted");
        }
    }

    @Test
    void refusesSqlOfTheMapThatCallsAFunctionOfAnotherRole() throws SQLException {
        TestSkip.unless(!TestDatabase.hostile(), "on a hostile path the map's own SQL meets a shadow");
        try (MappedDatabase world =
                MappedDatabase.of(SCHEMA + "ALTER TABLE notes ADD COLUMN kind varchar(8)", NARROWED)) {
            world.database().createRole("reporter");
            world.database().execute("GRANT CREATE ON SCHEMA public TO reporter");
            assertThat(world.findings()).containsExactly("unsafe-path public.reporter");
            as(world.database(), "reporter", """
                    CREATE FUNCTION public.lower(varchar) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'a'::text $$
                    """);
            assertThat(world.check().errors())
                    .singleElement()
                    .satisfies(f -> assertThat(f.message())
                            .contains("calls public.lower(character varying), which the role reporter owns"));
            assertThat(world.check().plan()).isNull();
        }
    }

    @Test
    void aFunctionThatComesLaterIsNotCalled() throws SQLException {
        TestSkip.unless(!TestDatabase.hostile(), "on a hostile path the map's own SQL meets a shadow");
        try (MappedDatabase world =
                MappedDatabase.of(SCHEMA + "ALTER TABLE notes ADD COLUMN kind varchar(8)", NARROWED)) {
            world.database().execute("INSERT INTO people VALUES (1); INSERT INTO notes VALUES (1, 'A')");
            var plan = world.check().planOrThrow();
            world.database().createRole("reporter");
            world.database().execute("GRANT CREATE ON SCHEMA public TO reporter");
            as(world.database(), "reporter", """
                    CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS $$ SELECT 'b'::text $$;
                    CREATE FUNCTION public.unlike(varchar, varchar) RETURNS bool LANGUAGE sql AS 'SELECT false';
                    """);
            assertThat(plan.roles())
                    .extracting(r ->
                            String.valueOf(r.where()).replace("notes.", "")) // as views before PostgreSQL 16 write it
                    .contains("(lower((kind)::text) = 'a'::text)");
            world.exeunt().erase(plan, List.of("1"), receipt -> {});
            assertThat(world.database().column("SELECT id::text FROM notes")).isEmpty();
        }
    }
}

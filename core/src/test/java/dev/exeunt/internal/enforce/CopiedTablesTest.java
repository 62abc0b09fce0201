package dev.exeunt.internal.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.RowEnforcement;
import dev.exeunt.database.Database;
import dev.exeunt.internal.enforce.CopiedTables.CopyTarget;
import dev.exeunt.internal.schema.TableName;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Tests that tables which the application loads by COPY are found before row security would refuse it. */
class CopiedTablesTest {

    private static final String SCHEMA = """
            CREATE ROLE app LOGIN; CREATE ROLE loader LOGIN;
            CREATE TABLE users (id bigint PRIMARY KEY);
            CREATE TABLE "Posts" (id int PRIMARY KEY, author bigint REFERENCES users);
            CREATE INDEX ON "Posts" (author);
            CREATE TABLE words (word text);
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app, loader;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            flows: { deactivate: { grace: 30d } }
            tables:
              users: { erase: delete }
              Posts: { subject: author, erase: delete }
            roles: { application: [app], exempt: [loader] }
            """;

    @Test
    void refusesByRoleAndTableWhatCopyHasLoadedAndForgetsItWhenAsked() throws Exception {
        try (EmbeddedPostgres server = start(true);
                Connection owner = server.getPostgresDatabase().getConnection()) {
            RowEnforcement enforcement = enforcement(server, owner);
            execute(owner, "CREATE SCHEMA extensions; CREATE EXTENSION pg_stat_statements SCHEMA extensions");
            copy(server, "postgres", "COPY users FROM STDIN", "1\n2\n");
            enforcement.apply();
            for (String role : List.of("app", "loader")) {
                assertThatThrownBy(() -> copy(server, role, "COPY \"Posts\" FROM STDIN", "1\t1\n"))
                        .as("what PostgreSQL does")
                        .hasMessageContaining("COPY FROM not supported with row-level security");
            }
            enforcement.apply();
            enforcement.remove();
            copy(server, "app", "/* load */ copy public.\"Posts\" (id, author) FROM STDIN", "1\t1\n");
            copy(server, "app", "COPY words FROM STDIN", "posts\n");
            copy(server, "loader", "COPY users FROM STDIN", "3\n");
            assertThatThrownBy(enforcement::apply)
                    .hasMessageContaining("Role app has loaded Posts by COPY")
                    .hasMessageContaining("Role loader has loaded users by COPY")
                    .hasMessageContaining("or as the owner of the table")
                    .hasMessageNotContaining("words")
                    .hasMessageNotContaining("Role postgres has");
            execute(owner, "SELECT extensions.pg_stat_statements_reset()");
            enforcement.apply();
        }
    }

    @Test
    void appliesWhereTheExtensionIsThereAndItsLibraryIsNotLoaded() throws Exception {
        try (EmbeddedPostgres server = start(false);
                Connection owner = server.getPostgresDatabase().getConnection()) {
            RowEnforcement enforcement = enforcement(server, owner);
            execute(owner, "CREATE EXTENSION pg_stat_statements");
            enforcement.apply();
            assertThat(enforcement.status().differences()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY posts FROM STDIN",
                "copy Posts (id, \"from\") from stdin",
                "/* a */ COPY -- b\n public . posts FROM '/tmp/x' WHERE id > 1",
                "COPY shop.public.posts(id) FROM PROGRAM 'x'"
            })
    void readsTheTableOfACopy(String statement) {
        assertThat(CopyTarget.of(statement)).hasValueSatisfying(target -> {
            assertThat(target.is(new TableName("public", "posts"))).isTrue();
            assertThat(target.is(new TableName("public", "post"))).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY posts TO STDOUT",
                "COPY (SELECT id FROM posts) TO STDOUT",
                "COPY posts (id) TO '/tmp/copy from'",
                "SELECT 'COPY posts FROM STDIN'",
                "COPY public.",
                "COPY posts (id",
                "<insufficient privilege>"
            })
    void readsNoTableElsewhere(String statement) {
        assertThat(CopyTarget.of(statement)).isEmpty();
    }

    private static EmbeddedPostgres start(boolean loaded) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").setPGStartupWait(Duration.ofSeconds(60));
        return (loaded ? builder.setServerConfig("shared_preload_libraries", "pg_stat_statements") : builder).start();
    }

    private static RowEnforcement enforcement(EmbeddedPostgres server, Connection owner) throws SQLException {
        execute(owner, SCHEMA);
        Exeunt exeunt = Exeunt.builder(Database.at(server.getJdbcUrl("postgres", "postgres"), "postgres", ""))
                .build();
        exeunt.migrate();
        return exeunt.enforcement(Exeunt.readMap(MAP, "exeunt.yaml"));
    }

    private static void copy(EmbeddedPostgres server, String role, String statement, String rows)
            throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl(role, "postgres"))) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement, new StringReader(rows));
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

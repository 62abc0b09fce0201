package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs what the guide for PostgREST and Supabase shows, block by block. */
class PostgrestGuideTest {

    private static final Path PAGE =
            Path.of(System.getProperty("exeunt.samples")).resolveSibling("docs/guides/postgrest-or-supabase.md");

    private final TestDatabase database = TestDatabase.createFrom("""
            CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, hidden_at timestamptz);
            CREATE TABLE notes (id bigint PRIMARY KEY, author bigint NOT NULL REFERENCES users, body text);
            CREATE INDEX ON notes (author);
            INSERT INTO users VALUES (42, 'Anna@example.org', NULL), (43, 'ben@example.org', NULL);
            INSERT INTO notes VALUES (1, 42, 'a'), (2, 42, 'b'), (3, 43, 'c');
            """);

    @AfterEach
    void close() {
        database.close();
        try (TestDatabase other = TestDatabase.create()) {
            other.execute("DROP ROLE IF EXISTS authenticated, authenticator");
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void everyBlockDoesWhatThePageSays() throws IOException, SQLException {
        List<String> sql = blocks("sql");
        database.execute(sql.get(0));
        DataMap map = Exeunt.readMap("""
                version: 1
                subject: { table: users, key: id, identifiers: [email] }
                tables:
                  users: { erase: delete, hide: { set: { hidden_at: "{now}" } } }
                  notes: { subject: author, erase: delete, hide: stash }
                """ + blocks("yaml").get(0), "guide");
        Exeunt exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .key(SampleTestApplication.KEY)
                .build();
        assertThat(exeunt.check(map).findings()).noneMatch(f -> f.isError());
        exeunt.migrate();
        AccountRequests requests = exeunt.requests(map);
        requests.makeGateFunction();
        requests.makeSqlFunctions();
        database.execute(sql.get(1));

        String preview = asGateway(sql.get(2)).get(0);
        assertThat(preview).contains("\"warnings\": []", "\"confirm\": \"email\"");
        assertThat(preview).containsPattern("\"rows\": 2[^\\]]*\"table\": \"notes\"");
        List<String> asked = asGateway(sql.get(3));
        assertThat(asked.get(0)).contains("\"state\": \"waiting\"");
        assertThat(asked.get(2)).contains("\"delete-account\"", "\"export\"");
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        assertThat(database.column("SELECT body FROM notes")).containsExactly("c");
        assertThat(asGateway(sql.get(4)).get(0)).contains("\"cancelling\"");
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        assertThat(database.column("SELECT body FROM notes ORDER BY id")).containsExactly("a", "b", "c");
    }

    /** The results of the functions, statement by statement. */
    private List<String> asGateway(String block) throws SQLException {
        List<String> results = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), "authenticator", "change me");
                Statement statement = connection.createStatement()) {
            for (String each : block.split(";\n")) {
                if (statement.execute(each) && each.contains("exeunt.")) {
                    try (ResultSet row = statement.getResultSet()) {
                        row.next();
                        results.add(row.getString(1));
                    }
                }
            }
        }
        return results;
    }

    /** Every SQLSTATE that the functions raise stands on the page, and no other. */
    @Test
    void theTableOfRefusalsIsWhatTheFunctionsRaise() throws IOException {
        Path sources = PAGE.resolveSibling("../../core/src/main/java/dev/exeunt/internal/entry")
                .normalize();
        List<String> raised = new ArrayList<>();
        for (String file : List.of("CallerFunctions", "RequestFunctions", "CancelFunction", "PreviewFunctions")) {
            Pattern.compile("ERRCODE = '(\\w{5})'")
                    .matcher(Files.readString(sources.resolve(file + ".java")))
                    .results()
                    .forEach(r -> raised.add(r.group(1)));
        }
        List<String> told = Pattern.compile("\\| `(\\w{5})` \\|")
                .matcher(Files.readString(PAGE))
                .results()
                .map(r -> r.group(1))
                .filter(state -> !state.equals("42501"))
                .toList();
        assertThat(raised).isNotEmpty();
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(raised.stream().distinct().toList());
    }
}

package dev.exeunt.internal.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that what a request to delete data hides is what its erasure takes, whatever time zone the application's session has. */
class EnforcedRowAgeTest {

    /** The clock of the application stands at the start of 2026-03-01, UTC. Post 4 does not say when it was made, and counts as old. */
    private static final String SCHEMA = """
            CREATE DOMAIN made_at AS timestamp;
            CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
            CREATE TABLE posts (id int PRIMARY KEY, author bigint NOT NULL REFERENCES users, made TYPE);
            CREATE INDEX ON posts (author);
            CREATE TABLE tags (post int NOT NULL REFERENCES posts ON DELETE CASCADE, tag text NOT NULL,
                made TYPE, PRIMARY KEY (post, tag));
            CREATE TABLE notes (id int PRIMARY KEY, author bigint NOT NULL REFERENCES users, hidden_at TYPE);
            CREATE INDEX ON notes (author);
            INSERT INTO users VALUES (1, 'a'), (2, 'b');
            INSERT INTO posts VALUES (1, 1, '2026-02-28 23:59:00Z'), (2, 1, '2026-03-01 00:01:00Z'), (3, 2, '2026-02-01 00:00:00Z'),
                (4, 1, NULL);
            INSERT INTO tags SELECT id, 'x', made FROM posts;
            INSERT INTO notes VALUES (1, 1, NULL), (2, 2, NULL);
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO APP;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            flows: { delete-data: { grace: 30d } }
            tables:
              users: { scope: account, erase: { anonymize: { email: "gone-{key}" } } }
              posts: { subject: author, created: made, erase: delete }
              tags: { through: posts, on: post, created: made, erase: delete }
              notes: { subject: author, hide: { set: { hidden_at: "{now}" } }, erase: delete }
            roles: { application: [APP] }
            """;

    private static final List<String> ZONES = List.of("UTC", "Etc/GMT+12", "Pacific/Kiritimati", "Asia/Kathmandu");

    private EnforcedApplication application;

    @AfterEach
    void close() {
        application.close();
    }

    /** The literals of the schema end in Z, which a timestamp without a zone ignores. */
    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "timestamptz", "timestamp(0)", "made_at"})
    void everySessionSeesTheSameRows(String type) throws SQLException {
        application = EnforcedApplication.of(SCHEMA.replace("TYPE", type), MAP);
        application.enforcement().apply();
        Request request = application.ask(AccountFlow.DELETE_DATA, "1");
        for (String zone : ZONES) {
            assertThat(read(zone, "SELECT id FROM posts ORDER BY id")).as(zone).containsExactly("2", "3");
            assertThat(read(zone, "SELECT post FROM tags ORDER BY post"))
                    .as(zone)
                    .containsExactly("2", "3");
            assertThat(read(zone, "SELECT id FROM notes ORDER BY id")).as(zone).containsExactly("2");
        }
        application.clock().set(request.dueAt());
        assertThat(application.requests().eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(application.database().column("SELECT id::text FROM posts ORDER BY 1"))
                .containsExactly("2", "3");
        assertThat(application.enforcement().status().differences()).isEmpty();
    }

    private List<String> read(String zone, String sql) throws SQLException {
        try (Connection connection = application.connect("app")) {
            assertThat(EnforcedApplication.write(connection, "SET TimeZone = '" + zone + "'"))
                    .isEmpty();
            return EnforcedApplication.read(connection, sql);
        }
    }
}

package dev.exeunt.internal.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests which roles are bound, which are refused, and that Exeunt itself works as an ordinary role. */
class EnforcedRolesTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
            CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES users, body text NOT NULL);
            CREATE TABLE likes (post_id bigint NOT NULL REFERENCES posts, giver_id bigint NOT NULL REFERENCES users,
                PRIMARY KEY (post_id, giver_id));
            CREATE TABLE mails (id bigint PRIMARY KEY, address text NOT NULL);
            CREATE INDEX ON posts (author_id);
            CREATE INDEX ON likes (giver_id);
            CREATE INDEX ON mails (lower(address));
            CREATE UNIQUE INDEX ON users (lower(email));
            INSERT INTO users SELECT n, 'u' || n FROM generate_series(1, 3) AS n;
            INSERT INTO posts SELECT n, n, 'text' FROM generate_series(1, 3) AS n;
            INSERT INTO likes VALUES (1, 2), (2, 1), (3, 1), (1, 3);
            GRANT SELECT, INSERT, UPDATE, DELETE ON users, posts, likes TO APP, MODERATOR;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id, identifiers: [email] }
            flows: { deactivate: { grace: 30d }, delete-account: { grace: 30d } }
            tables:
              users: { erase: { anonymize: { email: "gone-{key}" } } }
              posts: { subject: author_id, new-rows: refuse, hide: stash, erase: { anonymize: { body: "[deleted]" } } }
              likes:
                hide: stash
                erase: delete
                links:
                  giver: { subject: giver_id, new-rows: refuse }
                  received: { through: posts, on: post_id, reads: shown }
              mails: { matches: email, on: address, erase: delete }
            roles: { application: [APP], exempt: [MODERATOR] }
            accept: { others-rows: { likes.received: gone with the post } }
            """;

    private final EnforcedApplication application = EnforcedApplication.of(SCHEMA, MAP);

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void noTableOfAnotherRoleTellsWhoIsHidden() throws SQLException {
        application.enforcement().apply();
        application.ask(AccountFlow.DEACTIVATE, "1");
        String hidden = "SELECT id::text FROM users ORDER BY id";
        assertThat(application.read("app", hidden)).containsExactly("2", "3");
        for (String function : List.of("record_absence", "forget_absence")) {
            try (Connection connection = application.connect("app");
                    Statement statement = connection.createStatement()) {
                statement.execute("""
                        CREATE TEMP TABLE request (id bigint, kind text, state text, subject text[], subject_kind text);
                        CREATE TRIGGER mine AFTER INSERT OR UPDATE OR DELETE ON request
                            FOR EACH ROW EXECUTE FUNCTION exeunt.%s()""".formatted(function));
                assertThatThrownBy(() -> statement.execute(
                                "INSERT INTO request VALUES (2, 'deactivate', 'scheduled', '{2}', 'person')"))
                        .as(function)
                        .hasMessageContaining("no trigger of other tables");
            }
        }
        assertThat(application.read("app", hidden)).containsExactly("2", "3");
    }

    private String obstacles(String map) {
        List<String> before = application.catalogue();
        try {
            application.enforcement(map).apply();
        } catch (dev.exeunt.ExeuntException e) {
            assertThat(application.catalogue()).isEqualTo(before);
            return e.getMessage();
        }
        throw new AssertionError("not refused");
    }

    @Test
    void refusesRolesThatWouldSeeTooMuchOrNothing() {
        String app = application.role("app");
        String moderator = application.role("moderator");
        assertThat(obstacles(MAP.replace("[APP]", "[APP, nowhere]"))).contains("The database has no role nowhere.");
        assertThat(obstacles(MAP.replace("roles: { application: [APP], exempt: [MODERATOR] }\n", "")))
                .contains("names no role of the application");
        application.database().execute("GRANT " + app + " TO " + moderator);
        assertThat(obstacles(MAP))
                .contains("Role " + moderator + " is exempt, and a member of a role of the application");
        application.database().execute("REVOKE " + app + " FROM " + moderator + "; ALTER ROLE " + app + " BYPASSRLS");
        assertThat(obstacles(MAP)).contains("Role " + app + " of the application is a superuser or has BYPASSRLS");
        application
                .database()
                .execute(
                        "ALTER ROLE " + app + " NOBYPASSRLS; GRANT SELECT (id) ON posts TO " + application.role("bot"));
        assertThat(obstacles(MAP))
                .contains("Role " + application.role("bot") + " may use public.posts and is in neither list");
    }

    @Test
    void forceBindsTheOwner() {
        String app = application.role("app");
        application.database().execute("ALTER TABLE users OWNER TO " + app + "; ALTER TABLE posts OWNER TO " + app);
        assertThat(obstacles(MAP)).contains("owns public.posts", "force: true");
        List<String> before = application.catalogue();
        application
                .enforcement(MAP.replace("[MODERATOR] }", "[MODERATOR], force: true }"))
                .apply();
        application.ask(AccountFlow.DEACTIVATE, "1");
        assertThat(application.read("app", "SELECT id FROM users ORDER BY id")).containsExactly("2", "3");
        assertThat(application.write("app", "INSERT INTO posts VALUES (9, 1, 'x')"))
                .isEqualTo("42501");
        application.requests().reactivate("1", Actor.SELF, null);
        application.enforcement().remove();
        assertThat(application.catalogue()).isEqualTo(before);
    }

    @Test
    void exeuntWorksAsARoleWithNoMoreThanItsGrants() {
        TestDatabase database = application.database();
        String worker = database.createRole("worker_" + database.databaseName());
        database.execute("ALTER ROLE " + worker + " BYPASSRLS");
        application.exeunt().grants(application.map(), worker).forEach(database::execute);
        application.enforcement().apply();
        assertThat(application.exeunt().grants(application.map(), worker))
                .anyMatch(grant -> grant.contains("own_write"));
        Exeunt exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), worker, worker))
                .clock(application.clock())
                .key(HashKey.ofHex("ab".repeat(32)))
                .build();
        var requests = exeunt.requests(application.map());
        requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "1"));
        assertThat(application.read("app", "SELECT id FROM users ORDER BY id")).containsExactly("2", "3");
        requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1"));
        requests.cancel("1", Actor.SELF, null);
        assertThat(application.read("app", "SELECT id FROM users ORDER BY id")).containsExactly("2", "3");
        assertThat(requests.reactivate("1", Actor.SELF, null).restored().exact())
                .isTrue();
        assertThat(application.read("app", "SELECT count(*) FROM likes")).containsExactly("4");
        Request request = requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "2"));
        application.clock().set(request.dueAt());
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        exeunt.erase(application.map(), List.of("3"), receipt -> {});
        assertThat(application.read("app", "SELECT id FROM users")).containsExactly("1");
        assertThat(database.column("SELECT transaction::text FROM exeunt.own_write"))
                .isEmpty();
        assertThat(exeunt.enforcement(application.map()).status().differences()).isEmpty();
    }

    @Test
    void refusesToHideRowsFromExeuntItself() {
        TestDatabase database = application.database();
        String worker = database.createRole("worker_" + database.databaseName());
        application.exeunt().grants(application.map(), worker).forEach(database::execute);
        assertThat(obstacles(MAP)).contains("Role " + worker + " works with requests");
    }

    @Test
    void stashedRowsComeBackAlthoughNewOnesAreRefused() {
        application.enforcement().apply();
        application.ask(AccountFlow.DEACTIVATE, "1");
        application.ask(AccountFlow.DEACTIVATE, "2");
        assertThat(application.database().column("SELECT id::text FROM posts")).containsExactly("3");
        assertThat(application
                        .requests()
                        .reactivate("1", Actor.SELF, null)
                        .restored()
                        .tables())
                .isNotEmpty();
        assertThat(application.read("app", "SELECT id FROM posts ORDER BY id")).containsExactly("1", "3");
        assertThat(application.write("app", "INSERT INTO likes VALUES (1, 2)")).isEqualTo("42501");
        application.requests().reactivate("2", Actor.SELF, null);
        assertThat(application.read("app", "SELECT id FROM posts ORDER BY id")).containsExactly("1", "2", "3");
        assertThat(application.read("app", "SELECT post_id || ' by ' || giver_id FROM likes ORDER BY 1"))
                .as("the post was away when the person came back who liked it")
                .containsExactly("1 by 2", "1 by 3", "3 by 1");
    }

    @Test
    void anErasedPersonsEntryGoesWithTheRow() {
        application.enforcement().apply();
        application.exeunt().erase(application.map(), List.of("1"), receipt -> {});
        application
                .database()
                .execute("DELETE FROM posts WHERE author_id = 1; DELETE FROM users WHERE id = 1;"
                        + "INSERT INTO users VALUES (1, 'new'); INSERT INTO posts VALUES (1, 1, 'of a new person')");
        assertThat(application.read("app", "SELECT body FROM posts WHERE id = 1"))
                .containsExactly("of a new person");
        assertThatThrownBy(() -> application.ask(AccountFlow.DEACTIVATE, "99"))
                .isInstanceOf(dev.exeunt.ExeuntException.class);
    }
}

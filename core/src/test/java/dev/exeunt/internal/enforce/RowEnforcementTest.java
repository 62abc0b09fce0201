package dev.exeunt.internal.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.RowEnforcement.EnforcementStatus;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that the database itself hides and refuses, with connections of ordinary roles. */
class RowEnforcementTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, created_at timestamptz NOT NULL,
                deleted_at timestamptz);
            CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint REFERENCES users, body text,
                created_at timestamptz NOT NULL, deleted_at timestamptz);
            CREATE INDEX ON posts (author_id);
            CREATE TABLE comments (id bigint PRIMARY KEY, author_id bigint REFERENCES users, body text);
            CREATE INDEX ON comments (author_id);
            CREATE TABLE likes (giver_id bigint NOT NULL REFERENCES users, target_id bigint NOT NULL REFERENCES users,
                at timestamptz NOT NULL, PRIMARY KEY (giver_id, target_id));
            CREATE INDEX ON likes (target_id);
            INSERT INTO users SELECT n, 'u' || n || '@x.test', '2026-01-01' FROM generate_series(1, 4) AS n;
            INSERT INTO posts SELECT 10 * u + n, u, 'text', '2026-02-01' FROM generate_series(1, 4) AS u, generate_series(1, 2) AS n;
            INSERT INTO posts VALUES (99, NULL, 'of no person', '2026-02-01');
            INSERT INTO comments SELECT u, u, 'said' FROM generate_series(1, 4) AS u;
            INSERT INTO likes VALUES (1, 2, '2026-02-01'), (2, 1, '2026-02-01'), (3, 4, '2026-02-01');
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO APP, BOT, MODERATOR;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id, created: created_at, identifiers: [email] }
            flows: { delete-data: { grace: 30d }, deactivate: { grace: 30d }, delete-account: { grace: none } }
            tables:
              users:
                erase: { anonymize: { email: "gone-{key}@x.invalid", deleted_at: "{now}" } }
              posts:
                subject: author_id
                created: created_at
                new-rows: refuse
                hide: { set: { deleted_at: "{now}" } }
                erase: { anonymize: { body: "[deleted]", deleted_at: "{now}" } }
              comments:
                subject: author_id
                scope: account
                reads: shown
                erase: { anonymize: { body: "[deleted]" } }
              likes:
                created: at
                links:
                  giver: { subject: giver_id, new-rows: refuse, erase: delete }
                  target: { subject: target_id, erase: delete }
            roles: { application: [APP, BOT], exempt: [MODERATOR] }
            accept: { third-party: { likes.target_id: public, likes.giver_id: public } }
            """;

    private final EnforcedApplication application = EnforcedApplication.of(SCHEMA, MAP);

    @AfterEach
    void close() {
        application.close();
    }

    private List<String> posts(String role) {
        return application.read(role, "SELECT id FROM posts ORDER BY id");
    }

    @Test
    void rowsOfADeactivatedPersonAreAbsentUntilTheyComeBack() {
        List<String> all = posts("app");
        application.enforcement().apply();
        assertThat(posts("app")).isEqualTo(all).hasSize(9);
        application.ask(AccountFlow.DEACTIVATE, "1");
        for (String role : List.of("app", "bot")) {
            assertThat(posts(role)).containsExactly("21", "22", "31", "32", "41", "42", "99");
            assertThat(application.read(role, "SELECT id FROM users ORDER BY id"))
                    .containsExactly("2", "3", "4");
            assertThat(application.read(role, "SELECT giver_id FROM likes")).containsExactly("3");
            assertThat(application.read(role, "SELECT id FROM comments ORDER BY id"))
                    .containsExactly("1", "2", "3", "4");
        }
        assertThat(posts("moderator")).isEqualTo(all);
        application.requests().reactivate("1", Actor.SELF, null);
        assertThat(posts("app")).isEqualTo(all);
        assertThat(application.read("bot", "SELECT count(*) FROM likes")).containsExactly("3");
    }

    @Test
    void rowsOfAnErasedPersonAreAbsentForGoodAndTombstonesStay() {
        application.enforcement().apply();
        Request request = application.ask(AccountFlow.DEACTIVATE, "1");
        application.clock().set(request.dueAt());
        assertThat(application.requests().eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(posts("app")).containsExactly("21", "22", "31", "32", "41", "42", "99");
        assertThat(application.read("app", "SELECT body FROM comments WHERE id = 1"))
                .containsExactly("[deleted]");
        assertThat(application.read("moderator", "SELECT body FROM posts WHERE author_id = 1"))
                .containsExactly("[deleted]", "[deleted]");
        assertThat(application.write("app", "INSERT INTO posts VALUES (100, 1, 'again', now())"))
                .isEqualTo("42501");
        application.exeunt().erase(application.map(), List.of("2"), receipt -> {});
        assertThat(posts("app")).containsExactly("31", "32", "41", "42", "99");
        application.ask(AccountFlow.DELETE_ACCOUNT, "3");
        assertThat(posts("app")).containsExactly("41", "42", "99");
        assertThat(application.database().column("SELECT k1::text FROM exeunt.absent_account ORDER BY 1"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void peopleWhoLeftBeforeAreAbsentFromTheFirstApplyOn() {
        application.ask(AccountFlow.DELETE_ACCOUNT, "1");
        application.ask(AccountFlow.DEACTIVATE, "2");
        application.ask(AccountFlow.DELETE_DATA, "3");
        application.enforcement().apply();
        assertThat(posts("app")).containsExactly("41", "42", "99");
        assertThat(application.read("app", "SELECT id FROM users ORDER BY id")).containsExactly("3", "4");
    }

    @Test
    void whatIsMadeAfterARequestToDeleteDataIsVisible() {
        application.enforcement().apply();
        Request request = application.ask(AccountFlow.DELETE_DATA, "1");
        assertThat(application.write("app", "INSERT INTO posts VALUES (100, 1, 'anew', '2026-03-02')"))
                .isEmpty();
        assertThat(posts("app")).containsExactly("21", "22", "31", "32", "41", "42", "99", "100");
        assertThat(application.read("app", "SELECT id FROM users ORDER BY id")).containsExactly("1", "2", "3", "4");
        application.clock().set(request.dueAt());
        assertThat(application.requests().eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(posts("app")).contains("100");
    }

    @Test
    void aLockedPersonMakesNoRowsAndOthersDo() {
        application.enforcement().apply();
        application.ask(AccountFlow.DEACTIVATE, "1");
        for (String role : List.of("app", "moderator")) {
            assertThat(application.write(role, "INSERT INTO posts VALUES (100, 1, 'x', now())"))
                    .isEqualTo("42501");
            assertThat(application.write(role, "UPDATE posts SET author_id = 1 WHERE id = 99"))
                    .isEqualTo("42501");
            assertThat(application.write(role, "INSERT INTO likes VALUES (1, 3, now())"))
                    .isEqualTo("42501");
            assertThat(application.write(role, "INSERT INTO likes VALUES (3, 1, now()) ON CONFLICT DO NOTHING"))
                    .isEmpty();
        }
        assertThat(application.write("moderator", "UPDATE posts SET deleted_at = NULL WHERE id = 11"))
                .as("un-hiding")
                .isEqualTo("42501");
        assertThat(application.write("app", "INSERT INTO posts VALUES (101, 2, 'x', now())"))
                .isEmpty();
        assertThat(application.write("app", "UPDATE posts SET body = 'y' WHERE id = 21"))
                .isEmpty();
        assertThat(application.write("app", "INSERT INTO posts VALUES (102, NULL, 'x', now())"))
                .isEmpty();
        application.requests().reactivate("1", Actor.SELF, null);
        assertThat(application.write("app", "INSERT INTO posts VALUES (100, 1, 'x', now())"))
                .isEmpty();
    }

    @Test
    void removingRestoresTheCatalogue() {
        List<String> before = application.catalogue();
        application.enforcement().apply();
        assertThat(application.catalogue()).isNotEqualTo(before);
        application.enforcement().apply();
        application.ask(AccountFlow.DEACTIVATE, "1");
        assertThat(application.enforcement().remove()).isTrue();
        assertThat(application.catalogue()).isEqualTo(before);
        assertThat(posts("app")).hasSize(9);
        assertThat(application.enforcement().remove()).isFalse();
        application.requests().reactivate("1", Actor.SELF, null);
    }

    @Test
    void statusNamesWhatDiffers() {
        assertThat(status().differences()).containsExactly("Nothing is enforced. Run exeunt enforce --apply.");
        application.enforcement().apply();
        assertThat(status().differences()).isEmpty();
        application
                .database()
                .execute("DROP POLICY exeunt_absent ON likes; ALTER TABLE users DISABLE ROW LEVEL SECURITY;"
                        + "ALTER TABLE posts DISABLE TRIGGER exeunt_refuse_rows");
        assertThat(status().differences())
                .containsExactlyInAnyOrder(
                        "exeunt_absent is missing on public.likes.",
                        "Row security is off for public.users.",
                        "exeunt_refuse_rows on public.posts was changed by another program.");
        assertThat(application
                        .enforcement(MAP.replace("reads: shown", "reads: absent"))
                        .status()
                        .differences())
                .contains("exeunt_absent is missing on public.comments.");
        assertThat(application.exeunt().check(application.map()).notes())
                .hasSize(3)
                .contains("Enforced in the database, but: Row security is off for public.users.");
        application.enforcement().apply();
        assertThat(status().differences()).isEmpty();
        assertThat(application.exeunt().check(application.map()).notes()).isEmpty();
    }

    private EnforcementStatus status() {
        return application.enforcement().status();
    }

    @Test
    void refusesWhatCouldNotHoldWithTheWayOut() {
        application.database().execute("ALTER TABLE posts OWNER TO " + application.role("app"));
        assertThatThrownBy(() -> application.enforcement().apply())
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("owns public.posts")
                .hasMessageContaining("force: true");
        List<String> before = application.catalogue();
        assertThatThrownBy(() ->
                        application.enforcement(MAP.replace(", BOT]", "]")).apply())
                .hasMessageContaining(application.role("bot") + " may use public.likes and is in neither list");
        assertThat(application.catalogue()).isEqualTo(before);
    }
}

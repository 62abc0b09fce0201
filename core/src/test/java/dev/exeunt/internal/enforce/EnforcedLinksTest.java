package dev.exeunt.internal.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that rows are absent which lead to a person through other rows, by another key, or by the value of an identifier. */
class EnforcedLinksTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, handle text NOT NULL UNIQUE, email text NOT NULL);
            CREATE UNIQUE INDEX ON users (lower(email));
            CREATE TABLE boards (id int PRIMARY KEY, owner text REFERENCES users (handle));
            CREATE TABLE posts (id int PRIMARY KEY, author bigint, board int REFERENCES boards,
                kind text NOT NULL, made timestamptz NOT NULL);
            CREATE TABLE replies (id int PRIMARY KEY, post int REFERENCES posts, body text, made timestamptz NOT NULL);
            CREATE TABLE files (id int PRIMARY KEY, reply int NOT NULL REFERENCES replies,
                made timestamptz NOT NULL DEFAULT '2026-02-03');
            CREATE TABLE mails (id int PRIMARY KEY, address varchar(60));
            CREATE INDEX ON boards (owner); CREATE INDEX ON posts (author); CREATE INDEX ON posts (board);
            CREATE INDEX ON replies (post); CREATE INDEX ON files (reply); CREATE INDEX ON mails (lower(address));
            INSERT INTO users SELECT n, 'h' || n, 'U' || n || '@x.test' FROM generate_series(1, 4) AS n;
            INSERT INTO boards SELECT n, 'h' || n FROM generate_series(1, 4) AS n;
            INSERT INTO posts SELECT 10 * u + n, u, 5 - u, (ARRAY['user', 'system'])[n], '2026-02-01'
                FROM generate_series(1, 4) AS u, generate_series(1, 2) AS n;
            INSERT INTO replies SELECT p.id, p.id, 'text', '2026-02-02' FROM posts AS p;
            INSERT INTO replies VALUES (99, NULL, 'to nothing', '2026-02-02');
            INSERT INTO files (id, reply) SELECT id, id FROM replies;
            INSERT INTO mails VALUES (1, 'u1@X.test'), (2, 'u2@x.test'), (3, 'other@x.test'), (4, ''), (5, NULL);
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO APP, MODERATOR;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id, identifiers: [email] }
            flows: { delete-data: { grace: 30d }, deactivate: { grace: 30d }, delete-account: { grace: 30d } }
            tables:
              users: { erase: { anonymize: { email: "gone-{key}" }, retain: [handle] } }
              boards: { subject: owner, scope: account, erase: { detach: true } }
              posts: { subject: author, where: "kind = 'user'", created: made, policy: FORM, erase: delete }
              replies: { through: posts, on: post, created: made, policy: FORM, erase: delete }
              files: { through: replies, on: reply, created: made, policy: FORM, erase: delete }
              mails: { matches: email, on: address, scope: account, erase: delete }
            roles: { application: [APP], exempt: [MODERATOR] }
            accept: { others-rows: { replies.link: gone with the post }, points-away: { posts.board: x } }
            """;

    private EnforcedApplication application;

    private void start(String form) {
        application = EnforcedApplication.of(SCHEMA, MAP.replace("FORM", form));
        application.database().execute("UPDATE posts SET author = NULL WHERE kind = 'system' AND author = 4");
    }

    @AfterEach
    void close() {
        application.close();
    }

    private List<String> ids(String table) {
        return application.read("app", "SELECT id FROM " + table + " ORDER BY id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "feed"})
    void rowsAreAbsentThroughAnyNumberOfOtherRows(String form) {
        start(form);
        List<String> before = application.catalogue();
        application.enforcement().apply();
        assertThat(application.enforcement().status().differences()).isEmpty();
        List<List<String>> all = List.of(ids("posts"), ids("replies"), ids("files"), ids("boards"), ids("mails"));
        application.ask(AccountFlow.DEACTIVATE, "1");
        assertThat(ids("posts")).containsExactly("12", "21", "22", "31", "32", "41", "42");
        assertThat(ids("replies")).containsExactly("12", "21", "22", "31", "32", "41", "42", "99");
        assertThat(ids("files")).containsExactly("12", "21", "22", "31", "32", "41", "42", "99");
        assertThat(ids("boards")).containsExactly("2", "3", "4");
        assertThat(ids("mails")).containsExactly("2", "3", "4", "5");
        assertThat(application.read("moderator", "SELECT count(*) FROM files")).containsExactly("9");
        application
                .database()
                .execute(
                        "INSERT INTO posts VALUES (100, 1, NULL, 'user', now());"
                                + "INSERT INTO replies VALUES (100, 100, 'later', now()); INSERT INTO mails VALUES (6, 'U1@X.TEST')");
        assertThat(ids("replies")).as("rows made since").doesNotContain("100");
        assertThat(ids("mails")).doesNotContain("6");
        application
                .database()
                .execute(
                        "DELETE FROM replies WHERE id = 100; DELETE FROM posts WHERE id = 100; DELETE FROM mails WHERE id = 6");
        application.requests().reactivate("1", Actor.SELF, null);
        assertThat(List.of(ids("posts"), ids("replies"), ids("files"), ids("boards"), ids("mails")))
                .isEqualTo(all);
        application.enforcement().apply();
        application.enforcement().remove();
        assertThat(application.catalogue()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "feed"})
    void repliesToPostsThatAreOlderThanARequestToDeleteDataAreAbsent(String form) {
        start(form);
        application.enforcement().apply();
        Request request = application.ask(AccountFlow.DELETE_DATA, "1");
        application
                .database()
                .execute("INSERT INTO posts VALUES (100, 1, NULL, 'user', '2026-03-02');"
                        + "INSERT INTO replies VALUES (100, 100, 'later', '2026-03-02'), (101, 11, 'later', '2026-03-02');"
                        + "INSERT INTO files VALUES (100, 100, '2026-03-02'), (101, 101, '2026-03-02')");
        assertThat(ids("posts")).contains("100").doesNotContain("11");
        assertThat(ids("replies")).contains("100").doesNotContain("11", "101");
        assertThat(ids("files")).contains("100").doesNotContain("11", "101");
        assertThat(ids("boards")).as("part of the account").contains("1");
        assertThat(ids("mails")).contains("1");
        application.clock().set(request.dueAt());
        application.requests().eraseDue("w");
        assertThat(application.database().column("SELECT id::text FROM replies WHERE id IN (11, 100, 101)"))
                .as("what was hidden is what is erased")
                .containsExactly("100");
    }

    @Test
    void viewsTellTheApplicationNothingButKeysOfHiddenRows() {
        start("scan");
        application.enforcement().apply();
        application.ask(AccountFlow.DEACTIVATE, "1");
        List<String> views = application
                .database()
                .column("SELECT relname FROM pg_class WHERE relkind = 'v' AND relname ~ '^absent' ORDER BY 1");
        assertThat(views).contains("absent_rows_1", "absent_rows_2").anyMatch(v -> v.startsWith("absent_data_rows"));
        application.database().execute("GRANT CREATE ON SCHEMA public TO " + application.role("app"));
        application.write("app", """
                CREATE FUNCTION public.tell(bigint) RETURNS bool LANGUAGE plpgsql COST 0.0001 AS
                'BEGIN RAISE EXCEPTION ''told %'', $1; END'""");
        application.requests().reactivate("1", Actor.SELF, null);
        assertThat(application.write("app", "SELECT FROM exeunt.absent_rows_2 WHERE tell(k1)"))
                .as("a function in a condition sees no row of people who are not hidden")
                .isEmpty();
        assertThat(application.enforcement().status().exposures()).noneMatch(e -> e.contains("absent_"));
    }

    @Test
    void statusNamesAViewThatWasChanged() {
        start("scan");
        application.enforcement().apply();
        application.database().execute("ALTER VIEW exeunt.absent_rows_1 RESET (security_barrier)");
        assertThat(application.enforcement().status().differences())
                .containsExactly("View exeunt.absent_rows_1 was changed by another program.");
        application.enforcement().apply();
        assertThat(application.enforcement().status().differences()).isEmpty();
    }

    private void assertRefused(String map, String link, String why) {
        List<String> before = application.catalogue();
        assertThatThrownBy(() -> application.enforcement(map).apply())
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("No policy can hide the rows of " + link + ": " + why)
                .hasMessageContaining("Write reads: shown in that link, or REVOKE the application's rights on ");
        assertThat(application.catalogue()).isEqualTo(before);
    }

    private static String with(String old, String changed) {
        String map = MAP.replace("FORM", "scan");
        assertThat(map).contains(old);
        return map.replace(old, changed);
    }

    @Test
    void refusesByNameWhatWouldBeShownWhileThePersonIsHidden() {
        start("scan");
        assertRefused(
                with(
                        "policy: scan, erase: delete }\n  replies",
                        "hide: { set: { kind: x } }, erase: delete }\n  replies"),
                "posts.link",
                "hide changes posts.kind, by which they are found");
        application.database().execute("ALTER TABLE files DROP CONSTRAINT files_reply_fkey");
        assertRefused(
                with("on: post, created", "on: post, hide: stash, created"),
                "files.link",
                "the request removes the rows of replies.link that lead to them, and they stay");
        application.database().execute("DROP INDEX users_lower_idx");
        assertRefused(
                with("on: address", "on: address, shared: leave"),
                "mails.link",
                "another person may hold the same value");
    }

    @Test
    void refusesByNameWhatWouldBeShownAfterTheErasure() {
        start("scan");
        application.database().execute("ALTER TABLE files DROP CONSTRAINT files_reply_fkey");
        assertRefused(
                with(
                        "on: reply, created: made, policy: scan, erase: delete",
                        "on: reply, created: made, erase: { keep: evidence }"),
                "files.link",
                "the erasure removes the rows of posts.link that lead to them, and they stay");
        String kept =
                with("account, erase: delete }\nroles", "account, erase: { keep: lists, retain: [address] } }\nroles");
        assertRefused(kept, "mails.link", "the erasure changes users.email, by which they are found");
        application
                .enforcement(kept.replace("{ keep: lists, retain: [address] }", "{ anonymize: { address: null } }"))
                .apply();
        assertThat(application
                        .enforcement(kept.replace(
                                "scope: account, erase: { keep", "scope: account, reads: shown, erase: { keep"))
                        .status()
                        .differences())
                .as("shown on purpose")
                .noneMatch(difference -> difference.contains("No policy"));
    }

    @Test
    void refusesRowsOfATreeByName() {
        start("scan");
        application
                .database()
                .execute(
                        "CREATE TABLE folders (id int PRIMARY KEY, owner bigint REFERENCES users, parent int REFERENCES folders);"
                                + "CREATE INDEX ON folders (owner); CREATE INDEX ON folders (parent); GRANT SELECT ON folders TO "
                                + application.role("app"));
        String tree = with(
                "  mails:",
                "  folders: { scope: account, erase: delete, links: { mine: { subject: owner },"
                        + " below: { through: folders, role: [mine, below], on: parent } } }\n  mails:");
        assertRefused(tree, "folders.below", "they hang on a tree of rows");
        application.database().execute("REVOKE ALL ON folders FROM " + application.role("app"));
        application.enforcement(tree).apply();
    }

    @Test
    void refusesARoleThatWouldHideTheRowsFromTheViews() {
        start("scan");
        String owner = application
                .database()
                .createRole("owner_" + application.database().databaseName());
        application
                .database()
                .execute("ALTER SCHEMA exeunt OWNER TO %1$s; GRANT USAGE, CREATE ON SCHEMA public TO %1$s"
                        .formatted(owner));
        application
                .database()
                .column("SELECT format('ALTER TABLE %s OWNER TO " + owner + "', c.oid::regclass) FROM pg_class c"
                        + " WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'exeunt'::regnamespace)")
                .forEach(application.database()::execute);
        Exeunt exeunt = Exeunt.builder(Database.at(application.database().jdbcUrl(), owner, owner))
                .key(HashKey.ofHex("ab".repeat(32)))
                .build();
        DataMap forced =
                application.map(MAP.replace("FORM", "scan").replace("[MODERATOR] }", "[MODERATOR], force: true }"));
        assertThatThrownBy(() -> exeunt.enforcement(forced).apply())
                .hasMessageContaining("A view of Exeunt reads public.posts, and the policies would bind role " + owner)
                .hasMessageContaining("BYPASSRLS");
        exeunt.enforcement(application.map()).apply();
        application.ask(AccountFlow.DEACTIVATE, "1");
        assertThat(ids("files")).doesNotContain("11").contains("12");
    }
}

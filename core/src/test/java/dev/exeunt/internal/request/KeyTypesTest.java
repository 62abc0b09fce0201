package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.HostilePath;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Keys and links of types that have an equality of their own, in a schema that is not {@code pg_catalog}: they are compared by it, also
 * where another role has put shadows of the built-in operators into the path, and the application's triggers find their tables.
 */
class KeyTypesTest {

    private static final String SCHEMA = """
            CREATE SCHEMA ext;
            CREATE EXTENSION citext SCHEMA public;
            CREATE EXTENSION ltree SCHEMA ext;
            CREATE TYPE public.nick AS ENUM ('anna', 'ANNA', 'ben', 'ghost');
            CREATE DOMAIN public.short AS varchar(8) CHECK (VALUE ~ '^[a-zA-Z]+$');
            CREATE TABLE people (tenant int NOT NULL, key %1$s NOT NULL, email citext, hidden_at timestamptz, PRIMARY KEY (tenant, key));
            CREATE TABLE posts (id int PRIMARY KEY, tenant int, person %1$s, body varchar(40), kind varchar(8), hidden_at timestamptz,
                FOREIGN KEY (tenant, person) REFERENCES people);
            CREATE TABLE files (post int REFERENCES posts, name bpchar(8) PRIMARY KEY);
            CREATE TABLE mails (id int PRIMARY KEY, sent_to varchar(40), kind varchar(8));
            CREATE TABLE owned (id int PRIMARY KEY, tenant int, owner %1$s, FOREIGN KEY (tenant, owner) REFERENCES people);
            INSERT INTO people VALUES (1, 'anna', 'Anna@x.test'), (1, 'ben', 'ben@x.test'), (1, 'ghost', NULL), (2, 'anna', 'other@x.test');
            INSERT INTO posts VALUES (1, 1, '%2$s', 'one', 'a'), (2, 1, 'ben', 'two', 'a'), (3, 2, 'anna', 'three', 'a'), (4, NULL, NULL, 'four', 'b');
            INSERT INTO files VALUES (1, 'f1'), (2, 'f2'), (3, 'f3');
            INSERT INTO mails VALUES (1, 'ANNA@x.test', 'a'), (2, 'ben@x.test', 'a'), (3, 'anna@x.test', 'b');
            INSERT INTO owned VALUES (1, 1, '%2$s'), (2, 1, 'ben');
            CREATE TABLE changes (id int GENERATED ALWAYS AS IDENTITY, what text);
            CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO changes (what) SELECT name::text FROM files LIMIT 1; RETURN NULL; END $$;
            CREATE TRIGGER note_change AFTER UPDATE OR DELETE ON posts FOR EACH STATEMENT EXECUTE FUNCTION note_change();
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: [tenant, key], identifiers: [email] }
            flows: { deactivate: { grace: 30d }, delete-account: { grace: 0d } }
            tables:
              people: { hide: { set: { hidden_at: "{now}" } }, erase: delete }
              posts:
                subject: [tenant, person]
                hide: { set: { hidden_at: "{now}", body: "gone {random}" } }
                erase: delete
              files: { through: posts, on: post, hide: stash, erase: delete }
              mails: { matches: email, on: sent_to, shared: leave, where: "kind::text <> 'b'", erase: delete }
              owned: { subject: [tenant, owner], erase: { reassign: [1, ghost] } }
            not-personal: { changes: names of files alone }
            """;

    @ParameterizedTest
    @CsvSource({
        "citext, ANNA",
        "ext.ltree, anna",
        "nick, anna",
        "short, anna",
        "varchar(20), anna",
        "text, anna",
        "bpchar(8), anna",
        "name, anna",
    })
    void areComparedByTheirOwnEquality(String type, String spelled) {
        TestSkip.unless(!TestDatabase.hostile(), "it plants shadows of its own");
        String sql = SCHEMA.formatted(type, spelled);
        try (TestDatabase database = TestDatabase.createFrom(sql)) {
            Map<String, List<String>> before = database.snapshot();
            HostilePath hostile = HostilePath.plant(database, "mallory");
            MapDefinition map = MapReader.read(MAP, "exeunt.yaml");
            Exeunt exeunt = exeunt(database);
            exeunt.migrate();
            AccountRequests requests = exeunt.requests(map);

            assertThat(exported(exeunt, map))
                    .contains("one", "f1", "ANNA@x.test")
                    .doesNotContain("two", "three", "f2", "ben@");
            requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "1,anna"));
            assertThat(database.column("SELECT id::text FROM posts WHERE hidden_at IS NOT NULL"))
                    .containsExactly("1");
            assertThat(requests.gate("1,anna", null).state()).isEqualTo(GateDecision.GateState.DEACTIVATED);
            requests.reactivate("1,anna", Actor.SELF, null);
            assertThat(without(database.snapshot())).isEqualTo(without(before));

            requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1,anna"));
            assertThat(requests.eraseDue("worker")).isEqualTo(new ReapResult(1, 0, 0));
            assertThat(database.column("SELECT tenant || key::text FROM people ORDER BY 1"))
                    .containsExactly("1ben", "1ghost", "2anna");
            assertThat(database.column("SELECT id::text FROM posts ORDER BY 1")).containsExactly("2", "3", "4");
            assertThat(database.column("SELECT post::text FROM files ORDER BY 1"))
                    .containsExactly("2", "3");
            assertThat(database.column("SELECT id::text FROM mails ORDER BY 1")).containsExactly("2", "3");
            assertThat(database.column("SELECT owner::text FROM owned ORDER BY id"))
                    .containsExactly("ghost", "ben");
            assertThat(exeunt.verify(map, List.of("1,anna"), List.of("former value"))
                            .places())
                    .isEmpty();
            assertThat(hostile.calls()).isZero();
            assertThat(database.scalar("SELECT count(*)::text FROM changes"))
                    .as("by the trigger")
                    .isNotEqualTo("0");
        }
    }

    private static Map<String, List<String>> without(Map<String, List<String>> rows) {
        rows.keySet()
                .removeIf(
                        table -> table.equals("changes") || table.startsWith("exeunt.") || table.startsWith("shadow."));
        return rows;
    }

    private static String exported(Exeunt exeunt, MapDefinition map) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exeunt.export(map, "1,anna", out, BundleFormat.JSON);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Exeunt exeunt(TestDatabase database) {
        String url = database.jdbcUrl() + HostilePath.parameters(HostilePath.USUAL);
        return Exeunt.builder(Database.at(url, database.user(), database.password()))
                .key(GuildTestApplication.KEY)
                .build();
    }
}

package dev.exeunt.internal.sideeffect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.Receipt.SideEffectReceipt;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that an erasure counts what triggers write besides its steps, and refuses to let them write data of the person. */
class SideEffectCheckTest {

    private static final String CLUB = """
            CREATE TABLE players (id bigint PRIMARY KEY, mail text UNIQUE, nickname text, city text);
            CREATE TABLE games (id int PRIMARY KEY, player bigint NOT NULL REFERENCES players, score int);
            CREATE INDEX ON games (player);
            INSERT INTO players VALUES (31, 'runa@x.test', 'Runa Holm', 'Bergen'), (32, 'olav@x.test', 'Olav Moe', 'Bergen');
            INSERT INTO games VALUES (1, 31, 7), (2, 31, 8), (3, 32, 9);
            CREATE SCHEMA trail;
            CREATE TABLE trail.changes (no bigint GENERATED ALWAYS AS IDENTITY, at timestamptz DEFAULT now(), what text, was jsonb);
            """;

    private static final String TRAIL = """
            CREATE FUNCTION trail.record() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF coalesce(current_setting('club.no_trail', true), '') <> 'on' THEN
                INSERT INTO trail.changes (what, was) VALUES (TG_TABLE_NAME, to_jsonb(OLD));
              END IF;
              RETURN NULL;
            END $$;
            """;

    private static final String ON_PLAYERS =
            "CREATE TRIGGER trail AFTER DELETE ON players FOR EACH ROW EXECUTE FUNCTION trail.record();";
    private static final String ON_GAMES =
            "CREATE TRIGGER trail AFTER DELETE ON games FOR EACH ROW EXECUTE FUNCTION trail.record();";

    private static final String MAP = """
            version: 1
            subject: { table: players, key: id, identifiers: [mail] }
            tables:
              players: { erase: delete }
              games: { subject: player, erase: delete }
            not-personal: { trail.changes: looked at }
            """;

    private static String function(String body) {
        return "CREATE FUNCTION aside() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body + " RETURN NULL; END $$;"
                + "CREATE TRIGGER aside AFTER DELETE ON players FOR EACH ROW EXECUTE FUNCTION aside();";
    }

    private static void world(String sql, String map, Consumer<MappedDatabase> test) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            test.accept(world);
        }
    }

    /** Nothing is changed, and the sentence names the table and the triggers. */
    private static void refused(String sql, String map, String... parts) {
        world(sql, map, world -> {
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("31"))
                    .isInstanceOf(NothingErasedException.class)
                    .hasMessageStartingWith("Nothing was erased: ")
                    .satisfies(e -> assertThat(e.getMessage())
                            .contains(parts)
                            .doesNotContain("x.test", "Runa", "Bergen", "31 "));
            assertThat(world.database().snapshot()).isEqualTo(before);
            assertThat(Objects.requireNonNull(world.exeunt()
                                    .rehearse(world.map(), List.of("31"), 0)
                                    .subjects()
                                    .get(0)
                                    .failure())
                            .sentence())
                    .contains(parts);
            assertThat(world.database().snapshot()).isEqualTo(before);
        });
    }

    private static List<SideEffectReceipt> erased(String sql, String map) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            Receipt receipt = world.erase("31");
            assertThat(world.database().column("SELECT id::text FROM players")).containsExactly("32");
            return receipt.sideEffects();
        }
    }

    @Test
    void refusesWhatATriggerCopiesOfThePersonsOwnRow() {
        refused(
                CLUB + TRAIL + ON_PLAYERS,
                MAP,
                "1 row that holds data of the person into trail.changes",
                "trail on players",
                "accept: { trigger-writes: { trail.changes: why } }");
    }

    /** The same names as {@code verify} goes by. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "created_by int; OLD.id",
                "owner text; OLD.id",
                "member_ids bigint[]; ARRAY[7, OLD.id]",
                "user_ref bigint; OLD.id"
            })
    void findsAShortKeyInAColumnWhoseNameRefersToAPerson(String column, String value) {
        String sql = "CREATE TABLE trail.names (" + column + ");"
                + function("INSERT INTO trail.names VALUES (" + value + ");");
        refused(CLUB + sql, MAP.replace("not-personal: {", "not-personal: { trail.names: looked at,"), "trail.names");
        erased(
                CLUB + sql.replace("VALUES (" + value, "VALUES (" + value.replace("OLD.id", "OLD.id + 1")),
                MAP.replace("not-personal: {", "not-personal: { trail.names: looked at,"));
    }

    @Test
    void findsAShortKeyInAMemberThatIsNamedAsTheLinkIs() {
        refused(
                CLUB + TRAIL + ON_GAMES,
                MAP,
                "2 rows that hold data of the person into trail.changes",
                "trail on games");
    }

    @Test
    void keepsTheRowsThatTheMapAcceptsAndCountsThem() {
        String accepted = MAP + "accept: { trigger-writes: { trail.changes: kept for a month } }\n";
        world(CLUB + TRAIL + ON_PLAYERS + ON_GAMES, accepted, world -> {
            Receipt receipt = world.erase("31");
            assertThat(receipt.sideEffects()).containsExactly(new SideEffectReceipt("trail.changes", 3, 0, 0, 3));
            assertThat(receipt.toJson())
                    .contains("\"aside\":[{\"table\":\"trail.changes\",\"inserted\":3,\"updated\":0,\"deleted\":0,"
                            + "\"holding\":3}]");
            assertThat(world.database().column("SELECT what FROM trail.changes"))
                    .hasSize(3);
        });
    }

    @Test
    void acceptingTheTriggersOwnTableAcceptsNothingThatItWrites() {
        refused(
                CLUB + TRAIL + ON_PLAYERS,
                MAP + "accept: { side-effect: { players: looked at, trail.changes: no such warning } }\n",
                "trail.changes");
    }

    @Test
    void writesNothingWhereTheTriggerHeedsASetting() {
        String heeded = MAP + "settings: { club.no_trail: \"on\" }\n";
        assertThat(erased(CLUB + TRAIL + ON_PLAYERS + ON_GAMES, heeded)).isEmpty();
    }

    @Test
    void countsUpdatedRowsOfAMappedTableThatHoldDataOfThePerson() {
        String sql = """
                CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
                INSERT INTO users VALUES (1, 'anna@example.org'), (2, 'bob@example.org');
                CREATE TABLE posts (id int PRIMARY KEY, author bigint REFERENCES users, body text, answers int DEFAULT 0);
                CREATE INDEX ON posts (author);
                INSERT INTO posts VALUES (1, 1, 'x'), (2, 2, 'thanks, anna@example.org'), (3, 2, 'y');
                CREATE FUNCTION fewer() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN UPDATE posts SET answers = answers - 1 WHERE author = 2; RETURN NULL; END';
                CREATE TRIGGER fewer AFTER DELETE ON posts FOR EACH ROW EXECUTE FUNCTION fewer();
                """;
        String map = """
                version: 1
                subject: { table: users, key: id, identifiers: [email] }
                tables: { users: { erase: delete }, posts: { subject: author, erase: delete } }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.erase("1").sideEffects()).containsExactly(new SideEffectReceipt("posts", 0, 2, 0, 1));
        }
    }

    /** A step cuts the link of the rows that the condition selects. What is new and still has the key came from a trigger. */
    @Test
    void refusesACopyInAMappedTableThatTheConditionOfItsLinkExcludes() {
        String past = "CREATE TABLE past (player bigint, kind text, nickname text);"
                + "INSERT INTO past VALUES (31, NULL, 'Runa'), (31, 'kept', 'Runa'), (32, 'kept', 'Olav');";
        String link =
                "past: { subject: player, where: kind is null, erase: { detach: true, anonymize: { nickname: null },"
                        + " retain: [kind] } }\n";
        String map = MAP.replace("not-personal", "  " + link + "not-personal");
        String copying = function("INSERT INTO past VALUES (OLD.id, 'y', OLD.nickname);");
        refused(CLUB + past + copying, map, "wrote 1 row that holds data of the person into past");
        world(CLUB + past, map, world -> {
            world.erase("31");
            assertThat(world.database().column("SELECT count(*) FROM past WHERE player = 31"))
                    .as("a row that the condition excluded before stays")
                    .containsExactly("1");
        });
    }

    @Test
    void onlyCountsRowsThatHoldNothingOfThePerson() {
        String sql = CLUB
                + function(
                        "INSERT INTO trail.changes (what) VALUES ('left ' || 1000 + 31);"
                                + "UPDATE trail.changes SET at = now() WHERE what = 'x'; DELETE FROM trail.changes WHERE what = 'old';")
                + "INSERT INTO trail.changes (what) VALUES ('old'), ('runa@x.test wrote long ago'), ('x');";
        assertThat(erased(sql, MAP)).containsExactly(new SideEffectReceipt("trail.changes", 1, 1, 1, 0));
    }

    @Test
    void findsTheKeyInANumberThatIsNamedAfterThePersonOrRefersToThem() {
        String table = "CREATE TABLE trail.leavers (no int, player_id bigint);";
        refused(
                CLUB + table + function("INSERT INTO trail.leavers VALUES (1, OLD.id);"),
                MAP.replace("not-personal: {", "not-personal: { trail.leavers: x,"),
                "trail.leavers");
        String counts = "CREATE TABLE trail.leavers (no int, points bigint);";
        assertThat(erased(
                        CLUB + counts + function("INSERT INTO trail.leavers VALUES (31, OLD.id);"),
                        MAP.replace("not-personal: {", "not-personal: { trail.leavers: x,")))
                .containsExactly(new SideEffectReceipt("trail.leavers", 1, 0, 0, 0));
    }

    @Test
    void aValueThatOthersHoldAsWellTellsNothing() {
        String cities =
                "CREATE TABLE trail.cities (city text PRIMARY KEY, players int); INSERT INTO trail.cities VALUES ('Bergen', 2);";
        String map = MAP.replace("not-personal: {", "not-personal: { trail.cities: counts,");
        String counting = function("UPDATE trail.cities SET players = players - 1 WHERE city = OLD.city;");
        assertThat(erased(CLUB + cities + counting, map))
                .containsExactly(new SideEffectReceipt("trail.cities", 0, 1, 0, 0));
        refused(CLUB.replace("'Olav Moe', 'Bergen'", "'Olav Moe', 'Oslo'") + cities + counting, map, "trail.cities");
    }

    @Test
    void seesWhatATriggerWritesInAnExceptionBlock() {
        String body = "BEGIN INSERT INTO trail.changes (what) VALUES (OLD.mail); EXCEPTION WHEN others THEN NULL; END;";
        refused(CLUB + function(body), MAP, "trail.changes");
        String rolledBack =
                "BEGIN INSERT INTO trail.changes (what) VALUES (OLD.mail); RAISE 'no'; EXCEPTION WHEN others THEN NULL; END;";
        assertThat(erased(CLUB + function(rolledBack), MAP))
                .extracting(SideEffectReceipt::holding)
                .containsExactly(0L);
    }

    @Test
    void seesRowsAtTheEndAndInTheMiddleOfALongTable() {
        String longTable = "INSERT INTO trail.changes (what) SELECT repeat('x', 900) FROM generate_series(1, 25000);";
        refused(CLUB + longTable + TRAIL + ON_PLAYERS, MAP, "trail.changes");
        String gap = longTable + "DELETE FROM trail.changes WHERE no BETWEEN 100 AND 200;";
        try (MappedDatabase world = MappedDatabase.of(CLUB + gap + TRAIL + ON_PLAYERS, MAP)) {
            world.database().execute("VACUUM trail.changes");
            assertThatThrownBy(() -> world.erase("31")).hasMessageContaining("trail.changes");
        }
    }

    @Test
    void rowsOfOthersThatAnotherTransactionHadWrittenAreNotLookedAt() {
        String sql = CLUB + "INSERT INTO trail.changes (what) VALUES ('runa@x.test');"
                + function("INSERT INTO trail.changes (what) VALUES ('left');");
        assertThat(erased(sql, MAP)).containsExactly(new SideEffectReceipt("trail.changes", 1, 0, 0, 0));
    }

    @Test
    void refusesWhatTheRoleMayNotRead() {
        String sql = CLUB + TRAIL.replace("LANGUAGE plpgsql", "LANGUAGE plpgsql SECURITY DEFINER") + ON_PLAYERS;
        try (MappedDatabase world = MappedDatabase.of(sql, MAP)) {
            String password = world.database().createRole("eraser");
            world.database().execute("GRANT SELECT, UPDATE, DELETE ON players, games TO eraser");
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.exeunt("eraser", password).erase(world.map(), List.of("31"), receipt -> {}))
                    .isInstanceOf(SideEffectCheck.UnreadableSideEffectException.class)
                    .hasMessageContaining("trail.changes");
            assertThat(world.database().snapshot()).isEqualTo(before);
            world.exeunt("eraser", password)
                    .erase(
                            MapReader.read(MAP + "accept: { trigger-writes: { trail.changes: x } }\n", "m.yaml"),
                            List.of("31"),
                            receipt -> {});
        }
    }

    @Test
    void aStatementThatWasMadeAgainCountsOnce() {
        String sql = CLUB + "INSERT INTO players VALUES (33, 'gone-31', 'Chosen', 'Oslo');";
        String map = MAP.replace(
                "players: { erase: delete }",
                "players: { erase: { anonymize: { mail: \"gone-{key}\", nickname: null, city: null } } }");
        world(sql, map, world -> assertThat(world.erase("31").sideEffects()).isEmpty());
    }
}

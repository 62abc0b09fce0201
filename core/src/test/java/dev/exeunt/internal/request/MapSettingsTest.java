package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that each transaction which writes rows of the application sets what the map names under {@code settings:}. */
class MapSettingsTest extends GuildTestCase {

    private static final String HISTORY = """
            CREATE TABLE history (what text);
            CREATE FUNCTION record() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF current_setting('app.no_history', true) IS DISTINCT FROM 'it''s on' THEN
                INSERT INTO public.history VALUES (TG_OP || ' ' || TG_TABLE_NAME);
              END IF;
              RETURN NULL;
            END $$;
            """;

    private static final String SETTINGS = "settings: { app.no_history: \"it's on\", app.other: 1 }\n";

    private static String trigger(String table) {
        return "CREATE TRIGGER record AFTER INSERT OR UPDATE OR DELETE ON " + table
                + " FOR EACH ROW EXECUTE FUNCTION record();\n";
    }

    private static List<String> written(TestDatabase database) {
        List<String> written = database.column("SELECT DISTINCT what FROM history ORDER BY 1");
        database.execute("DELETE FROM history");
        return written;
    }

    @Test
    void hidingRestoringAndErasingWhatIsDueSetThem() {
        List<String> tables = List.of("people", "members", "posts", "likes", "mails", "sessions");
        StringBuilder sql = new StringBuilder(HISTORY);
        tables.forEach(t -> sql.append(trigger(t)));
        guilds.database().execute(sql.toString());
        StringBuilder accepted = new StringBuilder("accept:\n");
        for (String code : List.of("side-effect", "cannot-restore")) {
            accepted.append("  ").append(code).append(":\n");
            tables.forEach(t -> accepted.append("    ").append(t).append(": looked at\n"));
        }
        String map =
                GuildTestApplication.UNGUARDED.replace("not-personal: {", "not-personal: { history: names of tables,")
                        + accepted;
        assertThat(stages(guilds.requests(map))).hasSize(3).noneMatch(List::isEmpty);
        guilds.reset();
        assertThat(stages(guilds.requests(map + SETTINGS))).hasSize(3).allMatch(List::isEmpty);
    }

    /** What triggers wrote down of hiding, of restoring and of erasing what was due. */
    private List<List<String>> stages(AccountRequests requests) {
        List<List<String>> stages = new ArrayList<>();
        written(guilds.database());
        requests.submit(NewRequest.self(AccountFlow.DELETE_DATA, "2"));
        stages.add(written(guilds.database()));
        requests.cancel("2", Actor.SELF, null);
        stages.add(written(guilds.database()));
        Request due = requests.submit(NewRequest.self(AccountFlow.DELETE_DATA, "2"));
        guilds.clock().set(due.dueAt());
        written(guilds.database());
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        stages.add(written(guilds.database()));
        return stages;
    }

    @Test
    void anErasureAndItsRehearsalSetThemForTheirTransactionOnly() {
        String people = "CREATE TABLE people (id bigint PRIMARY KEY, email text);"
                + "INSERT INTO people VALUES (1, 'anna@x.test'), (2, 'ben@x.test');";
        String map = "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: delete }\n"
                + "not-personal: { history: names of tables }\naccept: { side-effect: { people: looked at } }\n";
        try (MappedDatabase world = MappedDatabase.of(people + HISTORY + trigger("people"), map)) {
            MapDefinition heeded = MapReader.read(map + SETTINGS, "exeunt.yaml");
            Exeunt exeunt = world.exeunt();

            assertThat(exeunt.rehearse(world.map(), List.of("1"), 0)
                            .subjects()
                            .get(0)
                            .aside())
                    .hasSize(1);
            assertThat(exeunt.rehearse(heeded, List.of("1"), 0)
                            .subjects()
                            .get(0)
                            .aside())
                    .isEmpty();
            exeunt.erase(heeded, List.of("1"), receipt -> {});
            assertThat(written(world.database())).isEmpty();
            exeunt.erase(world.map(), List.of("2"), receipt -> {});
            assertThat(written(world.database())).containsExactly("DELETE people");
        }
    }

    @Test
    void theDigestOfAPlanTellsThemApart() {
        String map =
                "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: delete }\nsettings: { a.b: %s }\n";
        try (MappedDatabase world =
                MappedDatabase.of("CREATE TABLE people (id bigint PRIMARY KEY);", map.formatted("on"))) {
            MapDefinition off = MapReader.read(map.formatted("off"), "exeunt.yaml");
            String digest = world.exeunt().plan(world.map()).digest();
            assertThat(world.exeunt().plan(off).digest()).isNotEqualTo(digest);
            assertThat(world.exeunt()
                            .plan(MapReader.read(map.formatted("on"), "x.yaml"))
                            .digest())
                    .isEqualTo(digest);
        }
    }
}

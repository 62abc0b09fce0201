package dev.exeunt.internal.due;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.database.Database;
import dev.exeunt.erase.ErasurePreview.PersonWarning;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests erasures of people whose rows are gone, or whose keys new people have. */
class DirectErasureServiceTest {

    private static final String TABLES = """
            CREATE TABLE people (id bigint PRIMARY KEY);
            INSERT INTO people VALUES (1), (2);
            CREATE TABLE notes (id int PRIMARY KEY, author bigint);
            INSERT INTO notes VALUES (1, 1), (2, 2), (3, 9);
            """;
    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables: { people: { erase: delete }, notes: { subject: author, erase: delete } }
            """;

    @Test
    void aKeyWhoseRowIsGoneIsErasedAloneWhereRowsAreLeft() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            assertThat(world.exeunt().preview(world.map(), List.of("9")).warnings())
                    .containsExactly(PersonWarning.ROW_IS_GONE);
            assertThat(world.exeunt().preview(world.map(), List.of("1")).warnings())
                    .isEmpty();
            world.erase("9");
            assertThat(world.database().column("SELECT id FROM notes ORDER BY id"))
                    .containsExactly("1", "2");
            assertThatThrownBy(() -> world.erase("9")).isInstanceOf(UnknownSubjectException.class);
            assertThatThrownBy(() -> world.exeunt().preview(world.map(), List.of("8")))
                    .isInstanceOf(UnknownSubjectException.class);
        }
    }

    @Test
    void amongSeveralKeysEachMustExist() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            assertThatThrownBy(() -> world.erase("1", "9")).isInstanceOf(UnknownSubjectException.class);
            assertThat(world.database().column("SELECT count(*) FROM notes")).containsExactly("3");
        }
    }

    @Test
    void aKeyThatANewPersonHasIsToldInThePreview() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            Exeunt exeunt = Exeunt.builder(Database.at(
                            world.database().jdbcUrl(),
                            world.database().user(),
                            world.database().password()))
                    .key(GuildTestApplication.KEY)
                    .build();
            exeunt.migrate();
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            world.database().execute("INSERT INTO people VALUES (1)");
            assertThat(exeunt.preview(world.map(), List.of("1")).warnings())
                    .containsExactly(PersonWarning.KEY_IN_USE_AGAIN);
        }
    }

    /** It would come back when that other person takes the request back. */
    @Test
    void aRowThatTheRequestOfAnotherPersonHasMovedAwayIsErasedToo() {
        try (GuildTestApplication guilds = GuildTestApplication.create()) {
            AccountRequests requests = guilds.requests(GuildTestApplication.UNGUARDED);
            requests.submit(NewRequest.self(AccountFlow.DELETE_DATA, "1"));
            guilds.exeunt()
                    .erase(MapReader.read(GuildTestApplication.UNGUARDED, "exeunt.yaml"), List.of("2"), receipt -> {});
            requests.cancel("1", Actor.SELF, null);
            assertThat(guilds.ids("likes", "post = 1")).containsExactly("4");
        }
    }
}

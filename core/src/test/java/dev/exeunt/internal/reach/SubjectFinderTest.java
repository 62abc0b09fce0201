package dev.exeunt.internal.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.UnknownSubjectException;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.testkit.MappedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests how people are found by key and identifier. */
class SubjectFinderTest {

    private static final String BY_NUMBER = """
            CREATE TABLE people (id int PRIMARY KEY, email text, nick text);
            INSERT INTO people VALUES (1, 'Anna@x.org', 'a'), (2, 'ben@x.org', 'b'), (3, 'cleo@x.org', 'B');
            """;
    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email, nick] }
            tables:
              people: { erase: delete }
            """;
    private static final String BY_PAIR = """
            CREATE TABLE people (tenant uuid, name text, PRIMARY KEY (tenant, name));
            INSERT INTO people VALUES ('00000000-0000-0000-0000-00000000000a', 'anna');
            """;
    private static final String PAIR_MAP = """
            version: 1
            subject: { table: people, key: [tenant, name] }
            tables:
              people: { erase: delete }
            """;

    private static List<SubjectKey> find(MappedDatabase world, String... keys) throws SQLException {
        Plan plan = world.check().planOrThrow();
        try (Connection connection = world.database().connection()) {
            return new SubjectFinder(connection, plan.subject()).find(List.of(keys));
        }
    }

    private static void refused(MappedDatabase world, String message, String... keys) {
        assertThatThrownBy(() -> find(world, keys))
                .isInstanceOf(UnknownSubjectException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(keys));
    }

    @Test
    void findsByKeyAndByIdentifierAndCountsEachPersonOnce() throws SQLException {
        try (MappedDatabase world = MappedDatabase.of(BY_NUMBER, MAP)) {
            assertThat(find(world, "2", "email:ANNA@x.org", "002", "nick:a"))
                    .containsExactlyInAnyOrder(new SubjectKey(List.of("1")), new SubjectKey(List.of("2")));
        }
    }

    @Test
    void findsByAKeyOfSeveralColumnsInTheDatabasesOwnSpelling() throws SQLException {
        try (MappedDatabase world = MappedDatabase.of(BY_PAIR, PAIR_MAP)) {
            assertThat(find(world, "{00000000-0000-0000-0000-00000000000A},anna"))
                    .containsExactly(new SubjectKey(List.of("00000000-0000-0000-0000-00000000000a", "anna")));
            refused(world, "1 part, but people.tenant, name has 2", "anna");
        }
    }

    @Test
    void findsByAnEqualKeyThatTheRowSpellsOtherwise() throws SQLException {
        String numbers = "CREATE TABLE people (id numeric PRIMARY KEY); INSERT INTO people VALUES (1.0), (2)";
        try (MappedDatabase world = MappedDatabase.of(numbers, MAP.replace(", identifiers: [email, nick]", ""))) {
            assertThat(find(world, "1", "2.00", "01.000"))
                    .containsExactlyInAnyOrder(new SubjectKey(List.of("1.0")), new SubjectKey(List.of("2")));
            refused(world, "No row of people has the key given", "3");
        }
    }

    @Test
    void refusesWhoIsUnknownAmbiguousOrOfTheWrongTypeWithoutRepeatingThem() {
        try (MappedDatabase world = MappedDatabase.of(BY_NUMBER, MAP)) {
            refused(world, "No row of people has the key given", "77");
            refused(world, "key number 2 of those given", "1", "88");
            refused(world, "not of the type of people.id, which is integer", "anna");
            refused(world, "not of the type of people.id", "99999999999999999999");
            refused(world, "No row of people has the email", "email:nobody@x.org");
            refused(world, "fits more than one row", "nick:b");
        }
    }

    @Test
    void hidesTheKeyFromWhoeverPrintsIt() {
        assertThat(new SubjectKey(List.of("anna@x.org"))).hasToString("SubjectKey[hidden]");
    }
}

package dev.exeunt.internal.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.testkit.MappedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that erased people are found, and that no more than a batch of them is read at a time. */
class ErasedSubjectsTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id int PRIMARY KEY, name text);
            INSERT INTO people SELECT n, CASE WHEN n <= 12 THEN 'gone-' || n ELSE 'p' || n END FROM generate_series(1, 25) AS n;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables:
              people: { erase: { anonymize: { name: "gone-{key}" } } }
            """;

    /** Rows that the driver has fetched and not handed over stand behind an open cursor of the server. */
    private static final SqlFragment OPEN_CURSORS = SqlFragment.of("SELECT count(*) FROM pg_cursors WHERE name <> ''");

    private final List<Integer> asked = new ArrayList<>();
    private final List<Integer> handedOver = new ArrayList<>();
    private final List<Long> openCursors = new ArrayList<>();

    private Set<Integer> find(ErasedPeople erased, int batch) throws SQLException {
        Set<Integer> found = new HashSet<>();
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, MAP);
                Connection connection = world.database().connection()) {
            connection.setAutoCommit(false);
            Plan plan = world.check().planOrThrow();
            new ErasedSubjects(connection, plan, erased, batch).forEachBatch(keys -> {
                handedOver.add(keys.size());
                openCursors.add(SqlRunner.count(connection, OPEN_CURSORS));
                keys.forEach(key -> found.add(Integer.parseInt(key.typed())));
            });
        }
        return found;
    }

    private static Set<Integer> range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().collect(Collectors.toSet());
    }

    @Test
    void readsRowsThatBearTheMarkInBatches() throws SQLException {
        assertThat(find(ErasedPeople.NONE, 5)).isEqualTo(range(1, 12));
        assertThat(handedOver).containsExactly(5, 5, 2);
        assertThat(openCursors).as("the first batch does not have all rows").startsWith(1L);
    }

    @Test
    void asksTheRecordForTheOthersInBatches() throws SQLException {
        ErasedPeople record = (connection, candidates) -> {
            asked.add(candidates.size());
            return candidates.stream()
                    .filter(key -> Integer.parseInt(key.typed()) >= 20)
                    .collect(Collectors.toSet());
        };
        Set<Integer> expected = range(1, 12);
        expected.addAll(range(20, 25));
        assertThat(find(record, 10)).isEqualTo(expected);
        assertThat(asked).as("only people whose rows do not tell").containsExactly(8, 5);
        assertThat(handedOver).containsExactly(10, 3, 5);
        assertThat(openCursors).startsWith(1L);
    }
}

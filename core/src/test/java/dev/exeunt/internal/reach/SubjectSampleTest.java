package dev.exeunt.internal.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.proof.MapChecker;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a rehearsal takes where nobody is named. */
class SubjectSampleTest {

    private static final String MAP = """
            version: 1
            subject: { table: people, key: [realm, id] }
            tables:
              people: { erase: { anonymize: { name: null } } }
              posts: { subject: [realm, author], erase: { reassign: [1, 5] } }
            """;

    private static final String TABLES = """
            CREATE TABLE people (realm int, id int, name text, PRIMARY KEY (realm, id));
            CREATE TABLE posts (id int PRIMARY KEY, realm int, author int, FOREIGN KEY (realm, author) REFERENCES people);
            CREATE INDEX ON posts (realm, author);
            """;

    private static List<SubjectKey> sample(TestDatabase database, int size) {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            Plan plan = MapChecker.check(MapReader.read(MAP, "exeunt.yaml"), SchemaReader.read(connection))
                    .planOrThrow();
            return SubjectSample.sample(connection, plan, size);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everybodyButTheGhostWhereThereAreFew() {
        try (TestDatabase database =
                TestDatabase.createFrom(TABLES + "INSERT INTO people SELECT 1, n, 'x' FROM generate_series(1, 6) n;")) {
            assertThat(sample(database, 10))
                    .extracting(k -> k.parts().get(1))
                    .containsExactlyInAnyOrder("1", "2", "3", "4", "6");
            assertThat(sample(database, 2)).hasSize(2).isEqualTo(sample(database, 2));
        }
    }

    @Test
    void someFromAllOverALargeTableWithoutReadingItWhole() {
        String rows = "INSERT INTO people SELECT 1, n, 'x' FROM generate_series(1, 300000) n; ANALYZE people;";
        try (TestDatabase database = TestDatabase.createFrom(TABLES + rows)) {
            List<SubjectKey> sample = sample(database, 20);

            assertThat(sample).hasSize(20).doesNotHaveDuplicates().isEqualTo(sample(database, 20));
            assertThat(sample)
                    .extracting(k -> Integer.parseInt(k.parts().get(1)) / 100_000)
                    .contains(0, 1, 2);
            database.execute("DELETE FROM people WHERE id > 7");
            assertThat(sample(database, 20)).hasSize(6);
        }
    }
}

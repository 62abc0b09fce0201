package dev.exeunt.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.Residue;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Tests that a table of many pages is read in parts, and no row of it twice or not at all. */
class LargeTableScanTest {

    /** A row fills a page. The person stands in the first, in the last, at both sides of where a part ends, and twice in one. */
    private static final String SCHEMA = """
            CREATE TABLE people (id uuid PRIMARY KEY, email text);
            INSERT INTO people VALUES ('5b1d4a0e-0000-4000-8000-000000000001', 'ada.lovelace@example.org'),
                                      ('5b1d4a0e-0000-4000-8000-000000000002', 'grace.hopper@example.org');
            CREATE TABLE lines (id int PRIMARY KEY, said text);
            ALTER TABLE lines ALTER said SET STORAGE plain;
            INSERT INTO lines SELECT i, CASE WHEN i IN (1, 4096, 4097, 5000) THEN 'for ada.lovelace@example.org ' ELSE '' END
                    || CASE WHEN i = 5000 THEN '5b1d4a0e-0000-4000-8000-000000000001 ' ELSE '' END || repeat('.', 5000)
                FROM generate_series(1, 5000) i;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { erase: delete }
            """;

    @Test
    void aLargeTableIsReadInParts() {
        try (MappedDatabase mapped = MappedDatabase.of(SCHEMA, MAP)) {
            List<String> progress = new CopyOnWriteArrayList<>();
            Exeunt exeunt = Exeunt.builder(Database.at(
                            mapped.database().jdbcUrl(),
                            mapped.database().user(),
                            mapped.database().password()))
                    .progress((what, done, of) -> progress.add(what + " " + done + "/" + of))
                    .build();

            RehearsalResult rehearsal = exeunt.rehearse(
                    Exeunt.readMap(MAP, "exeunt.yaml"), List.of("5b1d4a0e-0000-4000-8000-000000000001"), 0);
            Residue residue = exeunt.verify(
                    Exeunt.readMap(MAP, "exeunt.yaml"),
                    List.of("5b1d4a0e-0000-4000-8000-000000000001"),
                    List.of("ada.lovelace@example.org"));

            assertThat(rehearsal.search().places())
                    .extracting(p -> p.table() + "." + p.column() + " " + p.kind() + " " + p.rows())
                    .containsExactlyInAnyOrder("lines.said key 1", "lines.said identifier 4");
            assertThat(residue.places().stream().filter(p -> p.table().equals("lines")))
                    .extracting(p -> p.column() + " " + p.what() + " " + p.rows())
                    .containsExactlyInAnyOrder("said key 1", "said value 4");
            assertThat(progress).contains("looking through lines in parts 2/2");
        }
    }
}

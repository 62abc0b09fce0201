package dev.exeunt.internal.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.erase.Residue;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the draft could have known of is gone after an erasure by it. */
class DraftedErasureTest {

    private static final String ROWS = """
            INSERT INTO users VALUES (1, 'anna@example.org', 'Anna Anglersdottir', 'x'), (2, 'bob@example.org', 'Bob', 'y');
            INSERT INTO contracts VALUES (10, 1), (20, 2);
            INSERT INTO recipients VALUES (11, 'bob@example.org', 'Bob', 10), (21, 'Anna@Example.org', 'Anna Anglersdottir', 20),
                                          (22, 'bob@example.org', 'Bob', 20);
            INSERT INTO fields VALUES (111, 'Bob', 11), (211, 'Anna Anglersdottir', 21), (221, 'Bob', 22);
            INSERT INTO signatures VALUES (1111, 'Bob', 111), (2111, 'Anna Anglersdottir', 211), (2211, 'Bob', 221);
            INSERT INTO signing_sessions VALUES (1, '10.1.2.3', 21), (2, '10.3.2.1', 22);
            """;

    @Test
    void whatThePersonLeftInSomebodyElsesRecordIsGoneAndTheRecordStays() {
        try (TestDatabase database = TestDatabase.createFrom(MapDraftTest.SIGNING + ROWS)) {
            Exeunt exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                    .build();
            String drafted = exeunt.draft("users").yaml();
            MapDefinition map = MapReader.read(answered(drafted), "exeunt.yaml");

            exeunt.erase(map, List.of("1"), receipt -> {});

            List<String> former = List.of("anna@example.org", "Anna Anglersdottir", "10.1.2.3");
            assertThat(exeunt.verify(map, List.of("1"), former).places())
                    .extracting(Residue.ResiduePlace::column)
                    .isEmpty();
            assertThat(database.column("SELECT name FROM recipients ORDER BY id"))
                    .containsExactly(null, "Bob");
            assertThat(database.column("SELECT typed FROM fields ORDER BY id")).containsExactly(null, "Bob");
            assertThat(database.column("SELECT image FROM signatures WHERE id = 2211"))
                    .containsExactly("Bob");
            assertThat(database.column("SELECT id FROM signing_sessions")).containsExactly("2");
        }
    }

    /** What names the person on the other's contract goes, and so does what follows that decision. */
    private static String answered(String drafted) {
        return drafted.replace(
                        "matches: email, on: email, shared: leave, erase: undecided",
                        "matches: email, on: email, shared: leave, erase: { anonymize: { email: 'x@erased.invalid', name: null } }")
                .replaceAll(
                        "keep: follows recipients, to be decided\\n *retain: \\[typed]", "anonymize: { typed: null }")
                .replaceAll("keep: follows fields, to be decided\\n *retain: \\[image]", "anonymize: { image: null }")
                .replaceAll("erase:\\n *keep: follows recipients, to be decided\\n *retain: \\[ip]", "erase: delete");
    }
}

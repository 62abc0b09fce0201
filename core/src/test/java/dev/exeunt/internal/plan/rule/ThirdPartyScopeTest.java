package dev.exeunt.internal.plan.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that an export is only said to tell of others where it can. */
class ThirdPartyScopeTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE);
            CREATE TABLE jobs (id int PRIMARY KEY, owner bigint REFERENCES people, helper bigint REFERENCES people, kind int);
            CREATE INDEX ON jobs (owner);
            CREATE INDEX ON jobs (helper);
            CREATE TABLE orders (buyer bigint REFERENCES people, id int, PRIMARY KEY (buyer, id), UNIQUE (id));
            CREATE TABLE lines (id int PRIMARY KEY, buyer bigint REFERENCES people, number int,
                FOREIGN KEY (buyer, number) REFERENCES orders);
            CREATE INDEX ON lines (number, buyer);
            CREATE INDEX ON lines (buyer);
            """;

    private static List<String> warned(String tables) {
        String map = "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: delete }\n" + tables;
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, map)) {
            return world.findings().stream()
                    .filter(f -> f.startsWith("third-party"))
                    .toList();
        }
    }

    private static List<String> jobs(String mine) {
        return warned("  jobs:\n    erase: delete\n    links:\n      mine: { subject: owner" + mine + " }\n"
                + "      helped: { subject: helper, export: none }\n  orders: { subject: buyer, erase: delete }\n"
                + "  lines: { subject: buyer, erase: delete }\n");
    }

    @ParameterizedTest
    @CsvSource({
        "helper is null, false",
        "jobs.helper IS NULL and kind = 1, false",
        "(kind = 1) AND (owner = helper), false",
        "helper is not null, true",
        "not helper is null, true",
        "helper is null or kind = 1, true",
        "not (kind = 2 and helper is null and kind = 1), true",
        "kind is null, true",
    })
    void aConditionMayRuleTheOtherPersonOut(String where, boolean warned) {
        assertThat(jobs(", where: \"" + where + "\""))
                .isEqualTo(warned ? List.of("third-party jobs.helper") : List.of());
    }

    @Test
    void thePersonsOwnRowIsNoThirdParty() {
        assertThat(jobs(", export: { except: [helper], with: { people: { on: owner, columns: [email] } } }"))
                .isEmpty();
        assertThat(jobs(", export: { except: [helper], with: { people: { on: helper, columns: [email] } } }"))
                .containsExactly("third-party people.email");
    }

    @Test
    void aKeyThatRepeatsTheLinkOfTheRowAboveIsThePersonsOwn() {
        assertThat(warned(
                        "  jobs: { erase: delete, export: none, links: { o: { subject: owner }, h: { subject: helper } } }\n"
                                + "  orders: { subject: buyer, erase: delete }\n"
                                + "  lines: { through: orders, on: [buyer, number], erase: delete }\n"))
                .isEmpty();
    }

    @Test
    void aGuardsFaultIsPrintedOnceHoweverManyFlowsThereAre() {
        String map = """
                version: 1
                subject: { table: people, key: id, identifiers: [email] }
                flows:
                  delete-account: { grace: 30d }
                  delete-data: { grace: none }
                  deactivate: { login-block: { sql: "true" } }
                guards:
                  busy: { flows: [delete-account], sql: "select nme from people where id = :subject and id <> all (:leaving)", message: no }
                tables:
                  people: { scope: account, erase: { anonymize: { email: null } } }
                  jobs:
                    erase: delete
                    links: { o: { subject: owner, export: { except: [helper] } }, h: { subject: helper, export: none } }
                  orders: { subject: buyer, hide: { flows: { delete-account: stash } }, erase: delete }
                  lines: { subject: buyer, erase: delete }
                """.replace("deactivate: { login-block: { sql: \"true\" } }", "deactivate: {}");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, map)) {
            assertThat(world.check().findings())
                    .filteredOn(f -> f.what().equals("guards.busy"))
                    .extracting(Finding::message)
                    .hasSize(1);
        }
    }
}

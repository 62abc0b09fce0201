package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import org.junit.jupiter.api.Test;

/** Tests which facts of a plan its digest covers, and that renaming a class changes no digest. */
class PlanDigestTest {

    @Test
    void digestsWhatAPlanDoesAndNoNameOfAClass() {
        String sql = """
                CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE, name varchar(10) NOT NULL);
                CREATE TABLE a (id int PRIMARY KEY, p bigint REFERENCES people, mail text, note text);
                CREATE TABLE b (a int PRIMARY KEY REFERENCES a);
                CREATE UNIQUE INDEX ON people (lower(email));
                CREATE INDEX ON a (p);
                CREATE INDEX ON a (lower(mail));
                """;
        String map = """
                version: 1
                subject: { table: people, key: id, identifiers: [email] }
                tables:
                  people: { erase: { anonymize: { email: null, name: x } } }
                  a:
                    links:
                      owner: { subject: p, where: id > 0, erase: { anonymize: { note: "by {key}" }, retain: [mail] } }
                      named: { matches: email, on: mail, erase: delete }
                  b: { through: a, role: named, on: a, erase: delete }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            Plan plan = world.check().planOrThrow();
            assertThat(PlanDigest.facts("catalogue", plan.roles(), plan.steps()))
                    .containsExactly(
                            "catalogue",
                            "role people.self",
                            "table people",
                            "link 1",
                            "id",
                            "subject key 1",
                            "id",
                            "every row",
                            "fate anonymize",
                            "set email",
                            "null",
                            "set name",
                            "literal x",
                            "role a.owner",
                            "table a",
                            "link 1",
                            "p",
                            "subject key 1",
                            "id",
                            // views before PostgreSQL 16 name the table as well
                            TestDatabase.serverVersion() < 160000 ? "where (a.id > 0)" : "where (id > 0)",
                            "fate anonymize",
                            "set note",
                            "template 2",
                            "text by ",
                            "value key",
                            "role a.named",
                            "table a",
                            "link 1",
                            "mail",
                            "identifier 1",
                            "email",
                            "every row",
                            "fate delete",
                            "role b.link",
                            "table b",
                            "link 1",
                            "a",
                            "refers to rows of 1",
                            "a.named",
                            "columns 1",
                            "id",
                            "every row",
                            "fate delete",
                            "step rows that stay let go before anything is deleted",
                            "step rows that stay let go before anything is deleted",
                            "step before a",
                            "step refers to nothing that goes");
        }
    }
}

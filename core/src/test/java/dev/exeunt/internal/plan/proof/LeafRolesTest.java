package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.testkit.MappedDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which rows an erasure need not lock before it deletes them. */
class LeafRolesTest {

    private static final String SQL = """
            CREATE TABLE people (id bigint PRIMARY KEY);
            CREATE TABLE leaf (id bigint PRIMARY KEY, p bigint UNIQUE REFERENCES people);
            CREATE TABLE twice (p bigint UNIQUE REFERENCES people, q bigint UNIQUE REFERENCES people);
            CREATE TABLE kept (p bigint UNIQUE REFERENCES people);
            CREATE TABLE referred (id bigint PRIMARY KEY, p bigint UNIQUE REFERENCES people);
            CREATE TABLE through (id bigint PRIMARY KEY, p bigint UNIQUE REFERENCES people);
            CREATE TABLE under (id bigint UNIQUE, p bigint UNIQUE REFERENCES people REFERENCES referred (p));
            CREATE TABLE beyond (t bigint UNIQUE);
            CREATE TABLE above (p bigint UNIQUE REFERENCES people);
            CREATE TABLE below (UNIQUE (p)) INHERITS (above);
            """;
    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables:
              people: { erase: delete }
              leaf: { subject: p, erase: delete }
              twice:
                links:
                  one: { subject: p, erase: delete }
                  other: { subject: q, erase: delete }
              kept: { subject: p, erase: detach }
              referred: { subject: p, erase: delete }
              through: { subject: p, erase: delete }
              under: { subject: p, erase: delete }
              beyond: { through: through, on: t, erase: delete }
              above: { subject: p, erase: delete }
              below: { subject: p, erase: delete }
            """;

    @ParameterizedTest
    @CsvSource({
        "people, self, false, its row is locked first of all",
        "leaf, link, true, nothing hangs off it",
        "twice, one, false, the delete takes other rows as well",
        "kept, link, false, its rows stay",
        "referred, link, false, a foreign key refers to it",
        "through, link, false, another role is looked up by it",
        "under, link, true, it refers to others and none to it",
        "beyond, link, true, nothing is looked up by it",
        "above, link, false, its name reaches another table's rows",
        "below, link, false, another name reaches its rows",
    })
    void areRowsThatNothingHangsOff(String table, String role, boolean leaf, String why) {
        try (MappedDatabase world = MappedDatabase.of(SQL, MAP)) {
            assertThat(world.check().planOrThrow().leaves().contains(new RoleId(new TableName("public", table), role)))
                    .as(why)
                    .isEqualTo(leaf);
        }
    }
}

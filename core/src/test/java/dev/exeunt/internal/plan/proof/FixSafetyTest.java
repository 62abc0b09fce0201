package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.testkit.MappedDatabase;
import org.junit.jupiter.api.Test;

/** Tests what a user who pastes a fix without thinking can do harm with: nothing. */
class FixSafetyTest {

    private static final String PEOPLE = "CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE);";

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { erase: delete }
            """;

    private static Finding finding(FindingCode code, String sql, String map) {
        FixVerifier.pasted(PEOPLE + sql, map);
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + sql, map)) {
            return world.check().findings().stream()
                    .filter(f -> f.code() == code)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void rowsThatTheDatabaseOnlyLetsGoAreLetGo() {
        String sql =
                "CREATE TABLE hosts (id int PRIMARY KEY, host text, booked_by bigint REFERENCES people ON DELETE SET NULL);"
                        + "CREATE INDEX ON hosts (booked_by);";
        assertThat(finding(FindingCode.UNMAPPED_TABLE, sql, MAP).fix().paste())
                .extracting(SuggestedFix.Snippet::text)
                .isEqualTo("hosts: { subject: booked_by, erase: { detach: true, retain: [host] } }");
        Finding withAddress = finding(FindingCode.UNMAPPED_TABLE, sql.replace("host text", "contact_email text"), MAP);
        assertThat(withAddress.fix().paste()).isNull();
        assertThat(withAddress.fix().words()).contains("contact_email", "anonymize");
    }

    @Test
    void rowsThatOthersReferToAreNotOverwritten() {
        String sql = """
                CREATE TABLE addresses (id int PRIMARY KEY, street text);
                CREATE TABLE lives (p bigint REFERENCES people, address int REFERENCES addresses);
                CREATE INDEX ON lives (p); CREATE INDEX ON lives (address);
                """;
        Finding blocks = finding(
                FindingCode.BLOCKS,
                sql,
                MAP + "  lives: { subject: p, erase: delete }\n"
                        + "  addresses: { through: lives, by: address, erase: delete }\n");
        assertThat(blocks.fix().paste()).isNull();
        assertThat(blocks.fix().words()).contains("keep").doesNotContain("anonymize: {");
    }

    @Test
    void whatIsUndecidedIsNotDecidedByAPaste() {
        String sql =
                "CREATE TABLE teams (id int PRIMARY KEY, made_by bigint REFERENCES people); CREATE INDEX ON teams (made_by);";
        assertThat(finding(FindingCode.UNDECIDED, sql, MAP + "  teams: { subject: made_by, erase: undecided }\n")
                        .fix()
                        .paste())
                .isNull();
    }

    @Test
    void anEmailIsNotKeptForWantOfARule() {
        String sql =
                "CREATE TABLE bills (id int PRIMARY KEY, p bigint REFERENCES people, contact_email text, total text);"
                        + "CREATE INDEX ON bills (p);";
        Finding unnamed = finding(
                FindingCode.UNNAMED_COLUMN,
                sql,
                MAP + "  bills: { subject: p, erase: { keep: taxes, anonymize: { p: null } } }\n");
        assertThat(unnamed.fix().paste()).isNull();
        assertThat(unnamed.fix().words()).contains("contact_email");
    }

    /** Eight columns do not fit on a line; in braces, beside another role, the fix on several lines is still YAML. */
    @Test
    void aFateOnSeveralLinesFitsIntoBracesBesideAnotherRole() {
        String sql = """
                CREATE TABLE posts (id int PRIMARY KEY, p bigint REFERENCES people, q bigint REFERENCES people,
                    first_long_column text, second_long_column text, third_long_column text, fourth_long_column text);
                CREATE INDEX ON posts (p); CREATE INDEX ON posts (q);
                """;
        Finding unnamed = finding(
                FindingCode.UNNAMED_COLUMN,
                sql,
                MAP.replace("erase: delete", "erase: { anonymize: { email: null } }")
                        + "  posts: { links: { mine: { subject: p, export: { except: [q] }, erase: { anonymize: { first_long_column: null } } },"
                        + " theirs: { subject: q, export: none, erase: delete } } }\n");
        assertThat(unnamed.fix().paste())
                .extracting(SuggestedFix.Snippet::text)
                .asString()
                .contains("\n");
    }
}

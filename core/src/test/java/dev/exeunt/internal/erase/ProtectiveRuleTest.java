package dev.exeunt.internal.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.map.Finding;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A DO INSTEAD rule with a condition protects some rows: a warning before the erasure, and loud where it protects the person's. */
class ProtectiveRuleTest {

    private static final String MEMBERS = """
            CREATE TABLE members (id text PRIMARY KEY, mail text UNIQUE);
            CREATE TABLE notes (id int PRIMARY KEY, member text NOT NULL REFERENCES members, said text);
            CREATE INDEX ON notes (member);
            INSERT INTO members VALUES ('gone', NULL), ('m1', 'one@example.org'), ('m2', 'two@example.org');
            INSERT INTO notes VALUES (1, 'm1', 'tides'), (2, 'm2', 'winds');
            """;

    private static final String GUARDED =
            "CREATE RULE guard AS ON DELETE TO members WHERE OLD.id = 'gone' DO INSTEAD NOTHING;";

    private static final String MAP = """
            version: 1
            subject: { table: members, key: id, identifiers: [mail] }
            tables:
              members: { erase: delete }
              notes: { subject: member, erase: { reassign: "gone", retain: [said] } }
            """;

    @Test
    void erasesThePersonAndLeavesTheRuleInForce() {
        try (MappedDatabase world = MappedDatabase.of(MEMBERS + GUARDED, MAP)) {
            assertThat(world.findings()).containsExactly("side-effect members");
            assertThat(world.check().findings()).noneMatch(Finding::isError);
            Map<String, List<String>> before = world.database().snapshot();
            world.erase("m1");
            assertThat(MappedDatabase.changes(before, world.database().snapshot()))
                    .containsExactly(
                            "- members {\"id\":\"m1\",\"mail\":\"one@example.org\"}",
                            "- notes {\"id\":1,\"member\":\"m1\",\"said\":\"tides\"}",
                            "+ notes {\"id\":1,\"member\":\"gone\",\"said\":\"tides\"}");
            world.database().execute("DELETE FROM members WHERE id = 'gone'");
            assertThat(world.database().snapshot().get("members")).contains("{\"id\":\"gone\",\"mail\":null}");
        }
    }

    @Test
    void refusesToEraseTheRowThatTheRuleProtects() {
        String map = MAP.replace("{ reassign: \"gone\", retain: [said] }", "delete");
        try (MappedDatabase world = MappedDatabase.of(MEMBERS + GUARDED, map)) {
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("gone")).isInstanceOf(RemainingLinkCheck.RemainingLinkException.class);
            assertThat(world.database().snapshot()).isEqualTo(before);
        }
    }

    @Test
    void refusesWhereTheRuleKeepsARowFromBeingOverwritten() {
        String rule = "CREATE RULE guard AS ON UPDATE TO notes WHERE OLD.said = 'tides' DO INSTEAD NOTHING;";
        String map = MAP.replace("delete", "{ anonymize: { mail: null } }")
                .replace("{ reassign: \"gone\", retain: [said] }", "{ anonymize: { said: null } }");
        try (MappedDatabase world = MappedDatabase.of(MEMBERS + rule, map)) {
            assertThat(world.findings()).contains("side-effect notes");
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("m1"))
                    .isInstanceOf(ErasureSteps.RowsKeptBackException.class)
                    .hasMessageContaining("notes")
                    .hasMessageNotContaining("disable");
            assertThat(world.database().snapshot()).isEqualTo(before);
            world.erase("m2");
        }
    }

    @Test
    void aRuleWithoutAConditionIsAnErrorAndNoFixDisarmsIt() {
        String rule = GUARDED.replace("WHERE OLD.id = 'gone' ", "");
        try (MappedDatabase world = MappedDatabase.of(MEMBERS + rule, MAP)) {
            List<Finding> findings = world.check().findings();
            assertThat(findings).anyMatch(f -> f.isError() && f.what().equals("members"));
            assertThat(findings).allSatisfy(f -> assertThat(f.fix().toString()).doesNotContain("DISABLE", "drop"));
        }
    }

    /** Such a rule may keep a row that a foreign key's cascade would have to delete: the map deletes it first, and sees it. */
    @Test
    void refusesWhereTheRuleKeepsARowThatACascadeWouldDelete() {
        String cascade = MEMBERS.replace("REFERENCES members", "REFERENCES members ON DELETE CASCADE")
                + "CREATE RULE guard AS ON DELETE TO notes WHERE OLD.said = 'tides' DO INSTEAD NOTHING;";
        String map = MAP.replace("{ reassign: \"gone\", retain: [said] }", "delete");
        try (MappedDatabase world = MappedDatabase.of(cascade, map)) {
            assertThat(world.check().findings()).noneMatch(Finding::isError);
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("m1")).isInstanceOf(RemainingLinkCheck.RemainingLinkException.class);
            assertThat(world.database().snapshot()).isEqualTo(before);
            world.erase("m2");
            assertThat(world.database().snapshot().get("notes"))
                    .containsExactly("{\"id\":1,\"member\":\"m1\",\"said\":\"tides\"}");
        }
    }
}

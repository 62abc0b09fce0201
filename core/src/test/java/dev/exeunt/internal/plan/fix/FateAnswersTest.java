package dev.exeunt.internal.plan.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.map.MapDraft;
import dev.exeunt.map.MapDraft.Answer;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is offered for open questions leaves nothing of the person behind unsaid, and changes no row of others. */
class FateAnswersTest {

    private static final String USERS =
            "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, face_id bigint);";
    private static final String HEAD = """
            version: 1
            subject: { table: users, key: id, identifiers: [email] }
            tables:
              users: { erase: { anonymize: { email: null } } }
            """;

    private static List<Answer> answers(String sql, String role) {
        try (MappedDatabase world = MappedDatabase.of(USERS + sql, HEAD + role)) {
            List<MapDraft.Question> questions = world.exeunt().questions(world.map());
            assertThat(questions).hasSize(1);
            return questions.get(0).answers();
        }
    }

    private static List<String> words(List<Answer> answers) {
        return answers.stream().map(Answer::word).toList();
    }

    @Test
    void theValueThatAPersonIsFoundByIsOverwrittenAsWell() {
        List<Answer> answers = answers(
                "CREATE TABLE mailings (id bigint PRIMARY KEY, email text, name text);",
                "  mailings: { matches: email, on: email, erase: undecided }\n");
        assertThat(words(answers)).containsExactly("delete", "anonymize", "detach", "keep");
        assertThat(answers.get(1).yaml()).contains("email: null").contains("name: null");
        assertThat(answers.get(3).yaml()).endsWith("retain: [email, name] }");
    }

    @Test
    void checkAsksAboutTheValueThatAPersonIsFoundBy() {
        String map = HEAD + "  mailings: { matches: email, on: email, erase: { anonymize: { name: null } } }\n";
        try (MappedDatabase world = MappedDatabase.of(
                USERS + "CREATE TABLE mailings (id bigint PRIMARY KEY, email text, name text);", map)) {
            assertThat(world.findings()).contains("unnamed-column mailings.email");
        }
    }

    @Test
    void rowsThatSeveralPeopleMayPointToAreKept() {
        String faces = "CREATE TABLE faces (id bigint PRIMARY KEY, bytes bytea);"
                + "ALTER TABLE users ADD FOREIGN KEY (face_id) REFERENCES faces;";
        String role = "  faces: { through: users, by: face_id, erase: undecided }\n";
        assertThat(words(answers(faces, role))).containsExactly("keep");
        assertThat(words(answers(faces + "ALTER TABLE users ADD UNIQUE (face_id);", role)))
                .containsExactly("delete", "anonymize", "keep");
    }

    @Test
    void whatPeopleWorkInTogetherIsNotRenamed() {
        assertThat(words(answers(
                        "CREATE TABLE teams (id bigint PRIMARY KEY, owner_id bigint REFERENCES users, name text);",
                        "  teams: { subject: owner_id, erase: undecided }\n")))
                .containsExactly("delete", "detach", "keep");
    }

    @Test
    void wordsForProgramsStay() {
        List<Answer> answers = answers(
                "CREATE TABLE uploads (id bigint PRIMARY KEY, user_id bigint NOT NULL, type text, storage_key text, title text);",
                "  uploads: { subject: user_id, erase: undecided }\n");
        assertThat(answers.get(1).yaml()).isEqualTo("{ anonymize: { title: null }, retain: [type, storage_key] }");
    }

    @Test
    void rulesThatTheMapHasAlreadyAreNotLost() {
        String map = HEAD + """
                  groups: { subject: owner_id, erase: { keep: others use it } }
                  entries:
                    through: groups
                    on: group_id
                    erase: { keep: "follows groups, to be decided", anonymize: { note: null } }
                """;
        String sql = USERS + """
                CREATE TABLE groups (id bigint PRIMARY KEY, owner_id bigint);
                CREATE TABLE entries (id bigint PRIMARY KEY, group_id bigint NOT NULL REFERENCES groups, note text);
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            Finding finding = world.check().findings().stream()
                    .filter(f -> f.what().equals("entries.link"))
                    .findFirst()
                    .orElseThrow();
            assertThat(finding.fix().words())
                    .contains("erase: { keep: \"why the rows stay\", anonymize: { note: null } }");
        }
    }

    @Test
    void aColumnThatHoldsKeysOfSeveralKindsIsNarrowedFirst() {
        String sql = "CREATE TABLE owners (id bigint PRIMARY KEY, owner_id bigint NOT NULL, owner_kind int NOT NULL);";
        String role = "  owners: { subject: owner_id, erase: undecided }\n";
        assertThat(answers(sql, role)).isEmpty();
        try (MappedDatabase world = MappedDatabase.of(USERS + sql, HEAD + role)) {
            assertThat(world.check().errors())
                    .extracting(f -> f.fix().words())
                    .anyMatch(w -> w.startsWith("add to owners.link a where: with the value of owner_kind "));
        }
        assertThat(words(answers(sql, role.replace("erase:", "where: \"owner_kind = 0\", erase:"))))
                .containsExactly("delete", "keep");
    }
}

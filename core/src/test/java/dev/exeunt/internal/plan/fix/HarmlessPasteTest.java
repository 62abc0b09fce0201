package dev.exeunt.internal.plan.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.testkit.FixApplier;
import dev.exeunt.testkit.MappedDatabase;
import org.junit.jupiter.api.Test;

/** What is pasted follows the decisions of the map's owner, and takes no rows of others. */
class HarmlessPasteTest {

    private static final String SQL = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
            CREATE TABLE folders (id bigint PRIMARY KEY, owner_id bigint NOT NULL REFERENCES users, editor_id bigint REFERENCES users);
            CREATE TABLE papers (id bigint PRIMARY KEY, folder_id bigint NOT NULL REFERENCES folders ON DELETE CASCADE);
            """;
    private static final String HEAD = """
            version: 1
            subject: { table: users, key: id, identifiers: [email] }
            tables:
              users: { erase: { anonymize: { email: null } } }
            """;

    private static Finding only(String map, FindingCode code) {
        try (MappedDatabase world = MappedDatabase.of(SQL, map)) {
            return world.check().findings().stream()
                    .filter(f -> f.code() == code)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The editor lets go of other people's folders: what lies in them is not the editor's. */
    @Test
    void aLinkGoesThroughTheRolesThatOwnTheRows() {
        String map = HEAD + """
                  folders:
                    links:
                      owner: { subject: owner_id, erase: delete }
                      editor: { subject: editor_id, erase: detach }
                  papers: { through: folders, on: folder_id, erase: delete }
                """;
        assertThat(FixApplier.into(map, only(map, FindingCode.UNKNOWN_NAME))).contains("role: [owner]");
    }

    /** A draft keeps what is part of a row that stays. Who then deletes the row has decided about its parts, too. */
    @Test
    void whatADraftKeptWithAnotherRowGoesWithIt() {
        String map = HEAD + """
                  folders:
                    links:
                      owner: { subject: owner_id, erase: delete }
                      editor: { subject: editor_id, erase: detach }
                  papers: { through: folders, role: owner, on: folder_id, erase: { keep: part of folders } }
                """;
        assertThat(FixApplier.into(map, only(map, FindingCode.CASCADES))).contains("papers: { erase: delete,");
        String own = map.replace("part of folders", "part of the library's collection");
        assertThat(only(own, FindingCode.CASCADES).fix().paste())
                .as("a reason of the owner's stays theirs to change")
                .isNull();
    }
}

package dev.exeunt.internal.draft.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Role;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.UpdatedMap;
import org.junit.jupiter.api.Test;

class MapUpdateTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, bio text);
            CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES users, body text NOT NULL);
            CREATE TABLE follows (follower_id bigint NOT NULL REFERENCES users, followed_id bigint NOT NULL REFERENCES users);
            CREATE TABLE tickets (id bigint PRIMARY KEY, closed_by bigint REFERENCES users);
            """;

    private static final String MAP = """
            # ours
            version: 1
            subject: { table: users, key: id, identifiers: [email] }

            tables:
              follows:            # before the users, on purpose
                erase: delete
                links:
                  follower: {subject: follower_id}
                  'followed': {subject: followed_id}   # quoted
              users:
                erase:
                    anonymize: { email: "deleted-{key}@erased.invalid" }
                    retain: [bio]   # they said so
              posts:
                subject: author_id
                erase:
                  anonymize:
                    body: "[deleted]"

              tickets: { subject: closed_by, erase: detach }
              # nothing below yet

            accept:
              unindexed: { posts.author_id: small, follows.follower_id: small, follows.followed_id: small, tickets.closed_by: small }
            """;

    @Test
    void aMapThatHasEverythingStaysAsItIs() {
        CheckedUpdate updated = CheckedUpdate.of(SCHEMA, MAP);

        assertThat(updated.text()).isEqualTo(MAP);
        assertThat(updated.update().changes()).isFalse();
        assertThat(updated.update().diff()).isEmpty();
        assertThat(updated.errors()).isEmpty();
    }

    @Test
    void newTablesComeBelowTheOthersWithAFate() {
        CheckedUpdate updated = CheckedUpdate.of(SCHEMA + """
                CREATE TABLE sessions (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, token text);
                CREATE TABLE audit_log (id bigint PRIMARY KEY, user_id bigint, ip_address text);
                CREATE TABLE schema_migrations (version text);
                """, MAP);

        assertThat(updated.text()).contains("""
                  # nothing below yet

                  sessions:
                    subject: user_id
                    export: { except: [token] }  # reads like a secret
                    erase: delete  # of no use without the person
                """).contains("""
                    # TO DECIDE: A record that names the person outright.""").contains("""

                not-personal:
                  schema_migrations: the migration tool's own bookkeeping
                """);
        assertThat(updated.errors()).extracting(f -> f.code()).containsExactly(FindingCode.UNDECIDED);
        assertThat(updated.update().added())
                .extracting(UpdatedMap.AddedEntry::what)
                .containsExactly("table sessions", "table audit_log, undecided", "not personal: schema_migrations");
        for (UpdatedMap.AddedEntry added : updated.update().added().subList(0, 2)) {
            String line = updated.text().lines().toList().get(added.line() - 1);
            assertThat(line.strip()).isEqualTo(added.what().split("[ ,]")[1] + ":");
        }
    }

    @Test
    void whatHangsOffANewOrAnOldTableLeadsThroughTheNamesTheMapHas() {
        CheckedUpdate updated = CheckedUpdate.of(SCHEMA + """
                ALTER TABLE follows ADD id bigint PRIMARY KEY;
                CREATE TABLE follow_notes (follow_id bigint NOT NULL REFERENCES follows, note text);
                CREATE TABLE post_tags (post_id bigint NOT NULL REFERENCES posts, tag text);
                """, MAP);

        Link.ThroughLink note =
                (Link.ThroughLink) updated.role("follow_notes", Role.ONLY).link();
        assertThat(note.roles()).extracting(LocatedText::text).containsExactly("follower", "followed");
        assertThat(updated.role("follow_notes", Role.ONLY).fate()).isInstanceOf(Fate.Delete.class);
        assertThat(updated.role("post_tags", Role.ONLY).fate()).as("posts stay").isInstanceOf(Fate.Keep.class);
        assertThat(updated.errors()).isEmpty();
    }

    @Test
    void aNewLinkIsAnEntryUnderLinksInTheirStyle() {
        CheckedUpdate updated = CheckedUpdate.of(
                SCHEMA + "ALTER TABLE follows ADD muted_by bigint REFERENCES users;"
                        + "ALTER TABLE users ADD invited_by bigint REFERENCES users;",
                MAP);

        assertThat(updated.text())
                .contains("      'followed': {subject: followed_id}   # quoted\n"
                        + "      # the row is about something else: only who did it goes\n"
                        + "      muted-by: { subject: muted_by, export: none, erase: detach }\n");
        assertThat(updated.role("users", "invited-by").fate()).isInstanceOf(Fate.Detach.class);
        assertThat(updated.errors()).isEmpty();
    }

    @Test
    void aTableThatSaysItsLinkItselfIsLeftAndWhatToPasteIsSaid() {
        CheckedUpdate updated =
                CheckedUpdate.of(SCHEMA + "ALTER TABLE posts ADD editor_id bigint REFERENCES users;", MAP);

        assertThat(updated.text()).isEqualTo(MAP);
        assertThat(updated.update().left()).hasSize(1);
        UpdatedMap.ManualChange left = updated.update().left().get(0);
        assertThat(left.at()).hasToString("exeunt.yaml:15:3");
        assertThat(left.what()).contains("posts").contains("editor");
        assertThat(left.paste()).startsWith("instead of subject: author_id\nlinks:\n  link: { subject: author_id }\n");
        String paste = left.paste()
                .lines()
                .skip(1)
                .collect(java.util.stream.Collectors.joining("\n"))
                .indent(4);
        CheckedUpdate pasted = CheckedUpdate.of(updated.schema(), MAP.replace("    subject: author_id\n", paste));
        assertThat(pasted.errors()).isEmpty();
        assertThat(pasted.update().left()).isEmpty();
    }

    @Test
    void aNewColumnInRowsThatStayGetsAWord() {
        CheckedUpdate updated = CheckedUpdate.of(SCHEMA + """
                ALTER TABLE users ADD phone text, ADD locale text NOT NULL DEFAULT 'de';
                ALTER TABLE posts ADD title text, ADD language text;
                ALTER TABLE tickets ADD subject text;
                """, MAP);

        assertThat(updated.text())
                .contains("anonymize: { email: \"deleted-{key}@erased.invalid\", phone: null }")
                .contains("retain: [bio, locale]   # they said so")
                .contains("        body: \"[deleted]\"\n        title: null\n      retain: [language]\n");
        assertThat(updated.update().left())
                .extracting(UpdatedMap.ManualChange::paste)
                .containsExactly("instead of erase: detach\nerase: { detach: true, retain: [subject] }");
        assertThat(updated.errors()).extracting(f -> f.what()).containsExactly("tickets.subject");
    }

    @Test
    void fatesThatDifferByFlowAreLeftToWhoeverWroteThem() {
        String map = MAP.replace("""
                    erase:
                      anonymize:
                        body: "[deleted]"
                """.indent(0), """
                    erase: { flows: { delete-account: { anonymize: { body: x } }, delete-data: delete } }
                """)
                .replace("version: 1\n", "version: 1\nflows: { delete-data: , delete-account: }\n");
        CheckedUpdate updated = CheckedUpdate.of(SCHEMA + "ALTER TABLE posts ADD title text;", map);

        assertThat(map).contains("flows:");
        assertThat(updated.text()).isEqualTo(map);
        assertThat(updated.update().left())
                .extracting(UpdatedMap.ManualChange::paste)
                .containsExactly("beside each flow's fate\nanonymize: { title: null }");
    }

    @Test
    void aNewSecretIsLeftOutOfTheExport() {
        CheckedUpdate updated = CheckedUpdate.of(
                SCHEMA + "ALTER TABLE users ADD password_hash text; ALTER TABLE follows ADD api_token text;",
                MAP.replace("    erase: delete\n", "    export: { except: [follower_id] }\n    erase: delete\n"));

        assertThat(updated.text())
                .contains("export: { except: [follower_id, api_token] }")
                .contains("    export: { except: [password_hash] }\n");
        assertThat(updated.errors()).isEmpty();
    }

    @Test
    void aLinkThroughATableThatGetsASecondRoleGoesOnLeadingThroughTheFirst() {
        String map = MAP.replace(
                        "  posts:\n    subject: author_id\n",
                        "  posts:\n    links: { author: { subject: author_id } }\n")
                .replace(
                        "  tickets:",
                        "  post_tags: { through: posts, on: post_id, erase: { keep: of a post, retain: [tag] } }\n  tickets:");
        CheckedUpdate updated = CheckedUpdate.of(SCHEMA + """
                ALTER TABLE posts ADD editor_id bigint REFERENCES users;
                CREATE TABLE post_tags (post_id bigint NOT NULL REFERENCES posts, tag text);
                """, map);

        assertThat(updated.text()).contains("retain: [tag] }, role: author }");
        assertThat(updated.errors()).isEmpty();
    }

    @Test
    void whereTheMapDeletesThePersonARowThatWouldStayIsAskedFor() {
        String map = """
                version: 1
                subject: { table: users, key: id }
                tables:
                  users: { erase: delete }
                """;
        CheckedUpdate updated = CheckedUpdate.of("""
                CREATE TABLE users (id bigint PRIMARY KEY);
                CREATE TABLE invoices (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, total int);
                """, map);

        assertThat(updated.role("invoices", Role.ONLY).fate()).isInstanceOf(Fate.Undecided.class);
        assertThat(updated.text()).contains("# TO DECIDE: It would stay (accounts have to be kept");
        assertThat(updated.errors()).extracting(f -> f.code()).containsExactly(FindingCode.UNDECIDED);
    }

    @Test
    void aMapBetweenBracesGrowsBetweenThem() {
        String map = "{\"version\": 1, \"subject\": {\"table\": \"users\", \"key\": \"id\"},\n"
                + " \"tables\": {\"users\": {\"erase\": {\"anonymize\": {\"email\": \"{key}\"}, \"retain\": [\"bio\"]}}}}";
        CheckedUpdate updated = CheckedUpdate.of(SCHEMA + "ALTER TABLE users ADD locale text", map);

        assertThat(updated.text())
                .hasLineCount(2)
                .contains("\"retain\": [\"bio\", \"locale\"]")
                .contains("\"posts\": { \"subject\": \"author_id\"");
        assertThat(updated.errors()).isEmpty();
    }

    @Test
    void lineBreaksIndentationAndAByteOrderMarkAreTheirs() {
        String map = ("\ufeff" + MAP.replace("\n  ", "\n      ").stripTrailing()).replace("\n", "\r\n");
        CheckedUpdate updated = CheckedUpdate.of(
                SCHEMA + "CREATE TABLE sessions (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users);",
                map);

        assertThat(updated.text())
                .startsWith("\ufeff# ours")
                .doesNotContainPattern("[^\r]\n")
                .endsWith("small }");
        assertThat(updated.text()).contains("\r\n\r\n      sessions:\r\n            subject: user_id\r\n");
    }

    @Test
    void listsOfLinesGrowByLines() {
        String map = MAP.replace(
                "        retain: [bio]   # they said so\n", "        retain:\n        - bio   # they said so\n");
        CheckedUpdate updated = CheckedUpdate.of(SCHEMA + "ALTER TABLE users ADD locale text", map);

        assertThat(updated.text()).contains("        - bio   # they said so\n        - locale\n");
        assertThat(updated.errors()).isEmpty();
    }

    @Test
    void whatIsNotPersonalIsLeftAloneWithWhatHangsOffIt() {
        CheckedUpdate updated = CheckedUpdate.of(SCHEMA + """
                CREATE TABLE machines (id bigint PRIMARY KEY, owner_id bigint REFERENCES users);
                CREATE TABLE parts (machine_id bigint NOT NULL REFERENCES machines);
                """, MAP + "not-personal: { machines: nobody's }\n");

        assertThat(updated.update().changes()).isFalse();
    }

    @Test
    void namesThatAreGoneAreNoHindrance() {
        String map = MAP.replace("retain: [bio]", "retain: [bio, motto]")
                .replace("  tickets:", "  polls: { subject: user_id, erase: delete }\n  tickets:");
        CheckedUpdate updated = CheckedUpdate.of(
                SCHEMA + "CREATE TABLE sessions (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users);",
                map);

        assertThat(updated.update().added())
                .extracting(UpdatedMap.AddedEntry::what)
                .containsExactly("table sessions");
        assertThat(updated.errors()).extracting(f -> f.code()).containsOnly(FindingCode.UNKNOWN_NAME);
    }

    @Test
    void aColumnThatMayBeALinkIsPointedOut() {
        CheckedUpdate updated = CheckedUpdate.of(SCHEMA + "ALTER TABLE posts ADD approved_by bigint;", MAP);

        assertThat(updated.update().changes()).isFalse();
        assertThat(updated.update().hints())
                .containsExactly("posts.approved_by may be a link that no foreign key declares");
    }

    @Test
    void aDiffShowsWhatWasAdded() {
        CheckedUpdate updated = CheckedUpdate.of(SCHEMA + "ALTER TABLE users ADD locale text", MAP);

        assertThat(updated.update().diff()).isEqualTo("""
                --- exeunt.yaml
                +++ exeunt.yaml
                @@ -11,7 +11,7 @@
                   users:
                     erase:
                         anonymize: { email: "deleted-{key}@erased.invalid" }
                -        retain: [bio]   # they said so
                +        retain: [bio, locale]   # they said so
                   posts:
                     subject: author_id
                     erase:
                """);
    }
}

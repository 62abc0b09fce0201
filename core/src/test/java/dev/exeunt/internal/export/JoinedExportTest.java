package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code export: { with: … }}: columns of the row that a row refers to go along. */
class JoinedExportTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY, name text, api_token text);
            CREATE SCHEMA other;
            CREATE TABLE other.orgs (id int PRIMARY KEY, slug text, name text, secret_key text,
                owner bigint REFERENCES people, UNIQUE (slug));
            CREATE INDEX ON other.orgs (owner);
            CREATE TABLE members (
                id int PRIMARY KEY, person bigint REFERENCES people, invited_by bigint REFERENCES people,
                org int REFERENCES other.orgs, slug text REFERENCES other.orgs (slug), kind text, note text);
            CREATE INDEX ON members (person);
            CREATE INDEX ON members (invited_by);
            INSERT INTO people VALUES (1, 'Anna', NULL), (2, 'Bert', NULL);
            INSERT INTO other.orgs VALUES (10, 'tea', '=1+1', 'k', 2), (11, 'rye', 'Rye, "Inc"', 'k', 2);
            INSERT INTO members VALUES (1, 1, 2, 10, 'rye', 'user', 'x'), (2, 1, 2, NULL, 'tea', 'user', 'y'),
                (3, 1, 2, 11, NULL, 'bot', 'z'), (4, 2, 1, 11, NULL, 'user', 'w');
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables:
              people: { erase: { anonymize: { name: null, api_token: null } }, export: { except: [api_token] } }
              members:
                erase: delete
                links:
                  member:
                    subject: person
                    where: "kind = 'user' and slug is not null"
                    export: { except: [org, slug, invited_by], with: { other.orgs: { on: org, columns: [slug, name] } } }
                  inviter: { subject: invited_by, export: { except: [person] } }
              other.orgs: { subject: owner, erase: { detach: true, retain: [slug, name, secret_key] }, export: none }
            accept: { unindexed: { members.org: small, members.slug: small } }
            """;

    private static ExportedBundle export(MappedDatabase world, String map, String key) {
        return ExportedBundle.zip(world.database(), map, key);
    }

    @Test
    void aRowTakesColumnsOfTheRowItRefersToAlongOrNothing() {
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, MAP)) {
            ExportedBundle exported = export(world, MAP, "1");

            assertThat(exported.text("members.json").strip()).isEqualTo("""
                    [
                    {"id":1,"person":1,"invited_by":null,"org":null,"slug":null,"kind":"user","note":"x","orgs.slug":"tea","orgs.name":"=1+1","yours_as":["member"]}
                    ,
                    {"id":2,"person":1,"invited_by":null,"org":null,"slug":null,"kind":"user","note":"y","orgs.slug":null,"orgs.name":null,"yours_as":["member"]}
                    ,
                    {"id":4,"person":null,"invited_by":1,"org":11,"slug":null,"kind":"user","note":"w","orgs.slug":null,"orgs.name":null,"yours_as":["inviter"]}
                    ]""".replace("\n,\n", ",\n"));
            assertThat(exported.text("members.csv").lines().toList())
                    .containsExactly(
                            "id,person,invited_by,org,slug,kind,note,orgs.slug,orgs.name,yours_as",
                            "1,1,,,,\"user\",\"x\",\"tea\",\"\'=1+1\",\"{member}\"",
                            "2,1,,,,\"user\",\"y\",,,\"{member}\"",
                            "4,,1,11,,\"user\",\"w\",,,\"{inviter}\"");
            assertThat(exported.text("README.txt"))
                    .contains("person, orgs.slug, orgs.name only in rows that are yours as member");
        }
    }

    @Test
    void theRowIsFoundByTheColumnsThatTheForeignKeyRefersTo() {
        String map = MAP.replace("on: org, columns: [slug, name]", "on: slug, columns: [id]");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, map)) {
            assertThat(export(world, map, "1").csv("members"))
                    .containsExactly(
                            "1,1,,,,\"user\",\"x\",11,\"{member}\"",
                            "2,1,,,,\"user\",\"y\",10,\"{member}\"",
                            "4,,1,11,,\"user\",\"w\",,\"{inviter}\"");
        }
    }

    @Test
    void aTableMayBeJoinedToItself() {
        String sql = """
                CREATE TABLE people (id bigint PRIMARY KEY);
                CREATE TABLE posts (id int PRIMARY KEY, person bigint REFERENCES people, parent int REFERENCES posts, body text);
                CREATE INDEX ON posts (person);
                INSERT INTO people VALUES (1), (2);
                INSERT INTO posts VALUES (1, 2, NULL, 'question'), (2, 1, 1, 'answer');
                """;
        String map = """
                version: 1
                subject: { table: people, key: id }
                tables:
                  people: { erase: { anonymize: { id: null } }, export: none }
                  posts:
                    subject: person
                    where: "body <> 'draft'"
                    erase: { detach: true, retain: [body] }
                    export: { with: { posts: { on: parent, columns: [body] } } }
                """.replace("{ anonymize: { id: null } }", "{ keep: a number }");
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(export(world, map, "1").csv("posts")).containsExactly("2,1,1,\"answer\",\"question\"");
        }
    }

    @Test
    void whatIsJoinedIsLookedAtLikeTheRest() {
        String joins = "with: { other.orgs: { on: org, columns: [slug, secret_key, owner] },"
                + " people: { on: invited_by, columns: [name] } } }";
        String map = MAP.replace("with: { other.orgs: { on: org, columns: [slug, name] } } }", joins);
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, map)) {
            assertThat(world.findings())
                    .containsExactlyInAnyOrder(
                            "secret-exported other.orgs.secret_key",
                            "third-party other.orgs.owner",
                            "third-party people.name");
        }
    }

    @Test
    void namesThatAreNotThereAndColumnsThatCannotMeetAreFaults() {
        String joins = "with: { orgz: { on: org, columns: [slug] }, orgs: { on: kind, columns: [slgu, name] },"
                + " people: { on: note, columns: [name] } } }";
        String map = MAP.replace("with: { other.orgs: { on: org, columns: [slug, name] } } }", joins)
                .replace(
                        "inviter: { subject: invited_by, export: { except: [person]",
                        "inviter: { subject: invited_by, export: { except: [person], with: { orgs: { on: [org, kind], columns: [slug] } }");
        try (MappedDatabase world =
                MappedDatabase.of(SCHEMA.replace("note text", "note uuid").replaceAll("'[xyzw]'\\)", "NULL)"), map)) {
            assertThat(world.check().errors())
                    .extracting(f -> f.code().word() + " " + f.what() + " " + f.at().line())
                    .contains(
                            "unknown-name orgz 11",
                            "unknown-name other.orgs.slgu 11",
                            "unknown-name members.org 12",
                            "cannot-hold members.note 11");
        }
    }

    @Test
    void twoJoinsOfOneNameAreAFault() {
        String map = MAP.replace(
                "inviter: { subject: invited_by, export: { except: [person] }",
                "inviter: { subject: invited_by, export: { except: [person], with: { other.orgs: { on: slug, columns: [name] } } }");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, map)) {
            assertThat(world.findings()).containsExactly("malformed members.orgs");
        }
    }

    @Test
    void aTableThatTheMapDoesNotDescribeMustBeReadable() {
        String sql = """
                CREATE TABLE people (id bigint PRIMARY KEY);
                CREATE TABLE plans (id int PRIMARY KEY, title text);
                CREATE TABLE members (person bigint PRIMARY KEY REFERENCES people, plan int REFERENCES plans);
                """;
        String map = """
                version: 1
                subject: { table: people, key: id }
                tables:
                  people: { erase: delete }
                  members: { subject: person, erase: delete, export: { with: { plans: { on: plan, columns: [title] } } } }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            String role = world.database().createRole("reader");
            List<String> grants = world.exeunt().grants(world.map(), role);
            assertThat(grants).anyMatch(g -> g.startsWith("GRANT SELECT ON \"public\".\"plans\" TO"));
            grants.stream().filter(g -> !g.contains("plans")).forEach(world.database()::execute);
            assertThat(world.exeunt(role, role).check(world.map()).errors())
                    .extracting(f -> f.code().word() + " " + f.what())
                    .containsExactly("no-rights plans");
            grants.forEach(world.database()::execute);
            assertThat(world.exeunt(role, role).check(world.map()).errors()).isEmpty();
        }
    }
}

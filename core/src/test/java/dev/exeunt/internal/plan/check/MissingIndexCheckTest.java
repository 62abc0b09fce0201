package dev.exeunt.internal.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which indexes serve a link, and which leave it to read the whole table. */
class MissingIndexCheckTest {

    private static final String TABLES = """
            CREATE TYPE kind AS ENUM ('User', 'Team');
            CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
            CREATE TABLE things (id int PRIMARY KEY, owner_id bigint, owner_type varchar, kind kind, n int, "Of" text, at date, gone text, address text);
            """;

    private static final String FILES = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { erase: delete }
              posts: { subject: owner_id, files: { photo: up, cover: up, pages: up, scans: up }, erase: delete }
            """;

    private static List<Finding> unindexedFiles(String indexes) {
        String tables = """
                CREATE TABLE users (id bigint PRIMARY KEY);
                CREATE TABLE posts (id int PRIMARY KEY, owner_id bigint REFERENCES users, photo text, cover varchar(90), pages text[],
                    scans varchar(90)[]);
                CREATE INDEX ON posts (owner_id);
                """;
        try (MappedDatabase world = MappedDatabase.of(tables + indexes, FILES)) {
            return world.check().findings().stream()
                    .filter(f -> f.code() == FindingCode.UNINDEXED)
                    .toList();
        }
    }

    @Test
    void anIndexServesTheSearchForRowsThatNameAFile() {
        assertThat(unindexedFiles("""
                CREATE INDEX ON posts (photo) WHERE photo IS NOT NULL;
                CREATE INDEX ON posts USING hash (cover);
                CREATE INDEX ON posts USING gin (pages, scans)""")).isEmpty();
    }

    @Test
    void withoutOneEachDeletionOfFilesReadsAllRows() {
        List<Finding> findings = unindexedFiles("CREATE INDEX ON posts (id, photo); CREATE INDEX ON posts (pages);"
                + " CREATE INDEX ON posts USING gin (scans) WHERE id > 3");
        assertThat(findings)
                .extracting(Finding::what)
                .containsExactly("posts.cover", "posts.pages", "posts.photo", "posts.scans");
        assertThat(findings.get(0).toString()).contains("the column cover, whose values name files, has no index");
        assertThat(findings.get(0).fix().toString())
                .contains("CREATE INDEX CONCURRENTLY ON \"public\".\"posts\" (\"cover\");");
        assertThat(findings.get(1).fix().toString())
                .contains("CREATE INDEX CONCURRENTLY ON \"public\".\"posts\" USING gin (\"pages\");");
    }

    private static List<String> unindexed(String index, String link) {
        String map = """
                version: 1
                subject: { table: users, key: id, identifiers: [email] }
                tables:
                  users: { erase: { anonymize: { email: null } } }
                  things: { %s, erase: delete }
                """.formatted(link);
        try (MappedDatabase world = MappedDatabase.of(TABLES + index, map)) {
            return world.check().findings().stream()
                    .filter(f -> f.code() == FindingCode.UNINDEXED)
                    .map(Finding::what)
                    .toList();
        }
    }

    private static List<String> unindexed(String indexAndWhere) {
        String[] parts = indexAndWhere.split(" ;");
        String where = parts.length == 1 ? "" : ", where: \"" + parts[1].strip() + "\"";
        return unindexed("CREATE INDEX ON things " + parts[0], "subject: owner_id" + where);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(owner_id) ;",
                "(owner_type, owner_id) ; owner_type = 'User'",
                "(n, kind, owner_id) ; (kind = 'User') AND n = 0",
                "(owner_type, owner_id, at) ; owner_type OPERATOR(pg_catalog.=) 'User' and at is not null",
                "(owner_id, at) WHERE owner_id IS NOT NULL ;",
                "(owner_id) WHERE owner_type = 'User' ; owner_type = 'User'",
                "(owner_id) WHERE kind = 'User' AND n = 0 AND gone IS NULL ; n = 0 and gone is null and kind = 'User'",
                "(owner_id) WHERE owner_type IS NOT NULL ; owner_type = 'it''s (a OR b)::text'",
                "(\"Of\", owner_id) ; \\\"Of\\\" = 'User'::text"
            })
    void anIndexServesTheLink(String indexAndWhere) {
        assertThat(unindexed(indexAndWhere)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(owner_type, owner_id) ;",
                "(owner_type, owner_id) ; owner_type <> 'User'",
                "(owner_type, owner_id) ; owner_type = 'User' OR n = 0",
                "(owner_type, owner_id) ; NOT (owner_type = 'User')",
                "(owner_type, owner_id) ; owner_type = gone",
                "(at, owner_id) ; at IS NOT NULL",
                "(owner_type, n, owner_id) ; owner_type = 'User'",
                "(owner_id) WHERE n = 0 ;",
                "(owner_id) WHERE owner_type = 'User' ; owner_type = 'Team'",
                "(owner_id) WHERE gone IS NULL ;",
                "(owner_id) WHERE at IS NOT NULL ;",
                "(owner_id) WHERE n = 0 OR kind = 'User' ; n = 0"
            })
    void anIndexDoesNotServeTheLink(String indexAndWhere) {
        assertThat(unindexed(indexAndWhere)).containsExactly("things.owner_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true; ", "true; WHERE address IS NOT NULL", "false; WHERE n = 0"})
    void anIndexServesALinkByValue(String servesAndPredicate) {
        String[] parts = servesAndPredicate.split("; ", -1);
        List<String> unindexed = unindexed(
                "CREATE INDEX ON things (lower(address)) " + parts[1] + ";"
                        + "CREATE UNIQUE INDEX ON users (lower(email));",
                "matches: email, on: address");
        assertThat(unindexed.contains("things.address")).isNotEqualTo(Boolean.parseBoolean(parts[0]));
    }
}

package dev.exeunt.internal.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conditions of links call what the application made, which stands in no pinned search path. */
class EnforcedConditionsTest {

    private static final String SCHEMA = """
            CREATE FUNCTION is_person(kind text) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT kind = ''user''';
            CREATE TYPE mood AS ENUM ('good', 'bad');
            CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, left_at timestamptz);
            CREATE TABLE posts (id int PRIMARY KEY, owner_id bigint NOT NULL, kind text NOT NULL, feels mood NOT NULL);
            CREATE INDEX ON posts (owner_id);
            INSERT INTO users SELECT i, i || '@x.org' FROM generate_series(1, 3) AS i;
            INSERT INTO posts VALUES (1, 1, 'user', 'good'), (2, 1, 'bot', 'good'), (3, 2, 'user', 'good');
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO APP;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id, identifiers: [email] }
            flows: { deactivate: { grace: 30d } }
            tables:
              users: { reads: shown, erase: { anonymize: { email: null } } }
              posts:
                subject: owner_id
                where: "is_person(kind) AND feels = 'good'::mood"
                reads: %s
                new-rows: refuse
                erase: delete
            roles: { application: [APP] }
            """;

    private EnforcedApplication application;

    @AfterEach
    void close() {
        application.close();
    }

    private void apply(String reads) {
        application = EnforcedApplication.of(SCHEMA, MAP.formatted(reads));
        application.enforcement().apply();
        application.ask(AccountFlow.DEACTIVATE, "1");
    }

    @Test
    void refusesOnlyTheRowsThatTheConditionIsTrueFor() {
        apply("shown");
        assertThat(application.write("app", "INSERT INTO posts VALUES (10, 2, 'user', 'good')"))
                .as("another person goes on writing")
                .isEmpty();
        assertThat(application.write("app", "INSERT INTO posts VALUES (11, 1, 'bot', 'good')"))
                .isEmpty();
        assertThat(application.write("app", "INSERT INTO posts VALUES (12, 1, 'user', 'good')"))
                .isEqualTo("42501");
    }

    @Test
    void hidesOnlyTheRowsThatTheConditionIsTrueFor() {
        apply("absent");
        assertThat(application.read("app", "SELECT id FROM posts ORDER BY id")).isEqualTo(List.of("2", "3"));
    }
}

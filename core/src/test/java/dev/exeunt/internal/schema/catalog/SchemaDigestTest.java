package dev.exeunt.internal.schema.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.schema.SchemaFingerprint;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSchemaReader;
import dev.exeunt.testkit.TestSkip;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which schema changes alter the digest. */
class SchemaDigestTest {

    private static final String SCRIPT = """
            CREATE TYPE mood AS ENUM ('sad', 'ok');
            CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%');
            CREATE TABLE users (id int PRIMARY KEY, email mail, m mood, name varchar(20), age int DEFAULT 3);
            CREATE TABLE posts (id int PRIMARY KEY, owner int CONSTRAINT owner REFERENCES users, body text,
                                CONSTRAINT short CHECK (length(body) < 99));
            CREATE TABLE parts (id int, PRIMARY KEY (id)) PARTITION BY RANGE (id);
            CREATE INDEX live ON posts (owner) WHERE body IS NOT NULL;
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;
            CREATE TRIGGER audit AFTER DELETE ON posts FOR EACH ROW EXECUTE FUNCTION f();
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE users ADD phone text",
                "ALTER TABLE users DROP COLUMN age",
                "ALTER TABLE users RENAME COLUMN name TO nick",
                "ALTER TABLE users ALTER COLUMN name TYPE varchar(21)",
                "ALTER TABLE users ALTER COLUMN name SET NOT NULL",
                "ALTER TABLE users ALTER COLUMN age DROP DEFAULT",
                "ALTER TABLE users ALTER COLUMN age SET DEFAULT 4",
                "ALTER TYPE mood ADD VALUE 'meh'",
                "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
                "ALTER DOMAIN mail SET NOT NULL",
                "ALTER DOMAIN mail ADD CHECK (VALUE <> '')",
                "CREATE TABLE more (id int)",
                "CREATE SCHEMA other; ALTER TABLE posts SET SCHEMA other",
                "DROP TABLE posts",
                "ALTER TABLE posts DROP CONSTRAINT owner",
                "ALTER TABLE posts DROP CONSTRAINT owner, ADD CONSTRAINT owner FOREIGN KEY (owner) REFERENCES users ON DELETE CASCADE",
                "ALTER TABLE posts ALTER CONSTRAINT owner DEFERRABLE",
                "ALTER TABLE users DISABLE TRIGGER ALL",
                "CREATE UNIQUE INDEX ON users (email)",
                "DROP INDEX live",
                "DROP INDEX live; CREATE INDEX live ON posts (owner) WHERE body IS NULL",
                "DROP TRIGGER audit ON posts",
                "ALTER TABLE posts DISABLE TRIGGER audit",
                "CREATE RULE r AS ON DELETE TO posts DO INSTEAD NOTHING",
                "ALTER TABLE posts DROP CONSTRAINT short",
                "ALTER TABLE posts DROP CONSTRAINT short, ADD CONSTRAINT short CHECK (length(body) < 100)",
                "ALTER TABLE posts REPLICA IDENTITY NOTHING",
                "ALTER TABLE users ADD EXCLUDE USING btree (age WITH =)",
                "DROP TABLE parts; CREATE TABLE parts (id int, PRIMARY KEY (id)) PARTITION BY HASH (id)"
            })
    void changesWithTheSchema(String ddl) throws SQLException {
        try (TestDatabase database = TestDatabase.createFrom(SCRIPT)) {
            SchemaFingerprint before = TestSchemaReader.schema(database).catalogue();
            database.execute(ddl);

            assertThat(TestSchemaReader.schema(database).digest()).isNotEqualTo(before.digest());
            assertThat(TestSchemaReader.schema(database).catalogue().stamp()).isNotEqualTo(before.stamp());
            assertThat(recognised(before, database)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO users VALUES (1, 'a@b'); ANALYZE",
                "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (9)",
                "CREATE VIEW v AS SELECT * FROM users",
                "CREATE SCHEMA exeunt; CREATE TABLE exeunt.requests (id int)",
                "GRANT SELECT ON users TO PUBLIC",
                "COMMENT ON TABLE users IS 'people'",
                "REINDEX TABLE users",
                "DROP INDEX live; CREATE INDEX live ON posts (owner) WHERE body IS NOT NULL"
            })
    void staysWhereThePlanWould(String sql) throws SQLException {
        try (TestDatabase database = TestDatabase.createFrom(SCRIPT)) {
            SchemaFingerprint before = TestSchemaReader.schema(database).catalogue();
            database.execute(sql);

            assertThat(TestSchemaReader.schema(database).digest()).isEqualTo(before.digest());
            assertThat(recognised(before, database)).contains(database.databaseName());
        }
    }

    private static Optional<String> recognised(SchemaFingerprint state, TestDatabase database) throws SQLException {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            return CatalogComparison.databaseIfUnchanged(connection, state);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO users VALUES (1, 'a@b'); VACUUM users; ANALYZE",
                "CREATE TEMP TABLE basket (id int PRIMARY KEY, m mood); CREATE TEMP VIEW w AS SELECT * FROM users"
            })
    void isRecognisedWithoutBeingReadWhereNothingHasChanged(String sql) throws SQLException {
        try (TestDatabase database = TestDatabase.createFrom(SCRIPT);
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            String before = TestSchemaReader.schema(database).catalogue().stamp();
            for (String each : sql.split("; ")) {
                statement.execute(each);
            }

            assertThat(CatalogRowVersions.read(connection).text()).isEqualTo(before);
        }
    }

    @Test
    void isTheSameForEveryRoleConnectionAndCopy() {
        try (TestDatabase one = TestDatabase.createFrom(SCRIPT);
                TestDatabase other = TestDatabase.create()) {
            other.execute("CREATE TABLE filler (id int)"); // other oids
            other.execute(SCRIPT + "DROP TABLE filler");
            String digest = TestSchemaReader.schema(one).digest();

            assertThat(digest).matches("[0-9a-f]{64}");
            assertThat(TestSchemaReader.schema(one).digest()).isEqualTo(digest);
            assertThat(TestSchemaReader.schema(other).digest()).isEqualTo(digest);
            assertThat(TestSchemaReader.schemaAs(one, one.createRole("digest_reader"))
                            .digest())
                    .isEqualTo(digest);
        }
    }

    @Test
    void nullsNotDistinctCounts() {
        TestSkip.unless(TestDatabase.serverVersion() >= 150000, "NULLS NOT DISTINCT came with PostgreSQL 15");

        assertThat(TestSchemaReader.schemaOf("CREATE TABLE t (a int CONSTRAINT u UNIQUE NULLS NOT DISTINCT)")
                        .digest())
                .isNotEqualTo(TestSchemaReader.schemaOf("CREATE TABLE t (a int CONSTRAINT u UNIQUE)")
                        .digest());
    }
}

package dev.exeunt.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSchemaReader;
import dev.exeunt.testkit.TestSkip;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

/** Indexes, triggers and rules. */
class SchemaReaderIndexesTest {

    @Test
    void keysAreIndexesThatNameTheirConstraint() {
        Table table = TestSchemaReader.table("t", """
                CREATE TABLE t (a int, b int, c int, CONSTRAINT "Key" PRIMARY KEY (b, a), CONSTRAINT one UNIQUE (c) INCLUDE (a));
                CREATE UNIQUE INDEX loose ON t (a)
                """);

        assertThat(table.primaryKey()).containsExactly("b", "a");
        assertThat(index(table, "Key").constraint()).isEqualTo("Key");
        assertThat(index(table, "one").columns()).containsExactly("c");
        assertThat(index(table, "one").unique()).isTrue();
        assertThat(index(table, "one").primary()).isFalse();
        assertThat(index(table, "loose").constraint()).isEmpty();
        assertThat(table.indexes()).isSortedAccordingTo(Comparator.comparing(Index::name));
    }

    @Test
    void anExpressionEndsTheColumnsAndNoKeyPartIsLost() {
        Table table = TestSchemaReader.table("t", """
                CREATE SCHEMA app;
                CREATE FUNCTION app.norm(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1';
                CREATE TABLE t (tenant int, mail text, kind int);
                CREATE UNIQUE INDEX mixed ON t (tenant, lower(mail), kind);
                CREATE INDEX own ON t (app.norm(mail));
                CREATE INDEX part ON t (kind) WHERE mail IS NOT NULL
                """);

        assertThat(index(table, "mixed").columns()).containsExactly("tenant");
        assertThat(index(table, "mixed").expressions()).containsExactly("lower(mail)", "kind");
        assertThat(index(table, "own").columns()).isEmpty();
        assertThat(index(table, "own").expressions()).containsExactly("app.norm(mail)");
        assertThat(index(table, "part").partial()).isTrue();
        assertThat(index(table, "mixed").partial()).isFalse();
    }

    @Test
    void onlyValidIndexesThatFindEqualValuesAreUsable() {
        try (TestDatabase database = TestDatabase.create()) {
            database.execute("""
                    CREATE TABLE t (a int, words text[], span int4range, EXCLUDE USING gist (span WITH &&));
                    CREATE INDEX tree ON t (a); CREATE INDEX hashed ON t USING hash (a); CREATE INDEX gin ON t USING gin (words);
                    CREATE INDEX brin ON t USING brin (a); INSERT INTO t VALUES (1), (1)
                    """);
            try {
                database.execute("CREATE UNIQUE INDEX CONCURRENTLY broken ON t (a)");
            } catch (IllegalStateException e) {
                // the duplicate leaves an invalid index behind
            }
            Table table = TestSchemaReader.table(TestSchemaReader.schema(database), "t");

            assertThat(table.indexes().stream().filter(Index::usable).map(Index::name))
                    .containsExactly("hashed", "tree");
            assertThat(index(table, "broken").usable()).isFalse();
            assertThat(index(table, "t_span_excl").constraint()).isEqualTo("t_span_excl");
            assertThat(index(table, "t_span_excl").unique()).isFalse();
        }
    }

    @Test
    void nullsNotDistinctIsRead() {
        TestSkip.unless(TestDatabase.serverVersion() >= 150000, "NULLS NOT DISTINCT came with PostgreSQL 15");

        Table table = TestSchemaReader.table(
                "t", "CREATE TABLE t (a int UNIQUE, b int CONSTRAINT b UNIQUE NULLS NOT DISTINCT)");

        assertThat(index(table, "b").nullsNotDistinct()).isTrue();
        assertThat(index(table, "t_a_key").nullsNotDistinct()).isFalse();
    }

    @Test
    void triggersSayWhenTheyFireAndWhetherTheyDo() {
        Table table = TestSchemaReader.table("t", """
                CREATE TABLE p (id int PRIMARY KEY);
                CREATE TABLE t (a int REFERENCES p, b int);
                CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
                CREATE TRIGGER a_before BEFORE DELETE OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
                CREATE TRIGGER b_after AFTER UPDATE OF b ON t FOR EACH STATEMENT EXECUTE FUNCTION f();
                CREATE TRIGGER c_off AFTER DELETE ON t FOR EACH ROW EXECUTE FUNCTION f();
                ALTER TABLE t DISABLE TRIGGER c_off;
                CREATE TRIGGER d_replica AFTER DELETE ON t FOR EACH ROW EXECUTE FUNCTION f();
                ALTER TABLE t ENABLE REPLICA TRIGGER d_replica;
                CREATE CONSTRAINT TRIGGER e_late AFTER DELETE ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f();
                CREATE TRIGGER f_insert BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()
                """);

        assertThat(table.triggers())
                .containsExactly(
                        new Trigger("a_before", Trigger.TriggerKind.BEFORE, true, true, true, null),
                        new Trigger("b_after", Trigger.TriggerKind.AFTER, false, true, true, null),
                        new Trigger("c_off", Trigger.TriggerKind.AFTER, true, false, false, null),
                        new Trigger("d_replica", Trigger.TriggerKind.AFTER, true, false, false, null),
                        new Trigger("e_late", Trigger.TriggerKind.AFTER, true, false, true, null),
                        new Trigger("f_insert", Trigger.TriggerKind.BEFORE, false, false, true, null));
    }

    @Test
    void rewriteRulesStandAmongTheTriggers() {
        Table table = TestSchemaReader.table("t", """
                CREATE TABLE t (a int); CREATE TABLE log (a int);
                CREATE RULE also AS ON DELETE TO t DO ALSO INSERT INTO log VALUES (OLD.a);
                CREATE RULE instead AS ON DELETE TO t WHERE OLD.a = 1 DO INSTEAD NOTHING;
                CREATE RULE off AS ON UPDATE TO t DO INSTEAD NOTHING;
                ALTER TABLE t DISABLE RULE off
                """);

        assertThat(table.triggers())
                .containsExactly(
                        new Trigger("also", Trigger.TriggerKind.RULE, true, false, true, null),
                        new Trigger("instead", Trigger.TriggerKind.CONDITIONAL_INSTEAD_RULE, true, false, true, null),
                        new Trigger("off", Trigger.TriggerKind.INSTEAD_RULE, false, true, false, null));
    }

    private static Index index(Table table, String name) {
        return table.indexes().stream()
                .filter(i -> i.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

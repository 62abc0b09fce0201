package dev.exeunt.internal.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests which values an anonymising rule may write: those that fit the type and unique indexes. */
class ColumnWriteCheckTest {

    private static final String MAP =
            "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: { keep: why } }\n";

    private static Arguments of(String name, String columns, String rules, String... findings) {
        return Arguments.of(
                name,
                "CREATE TABLE people (id bigint PRIMARY KEY);"
                        + "CREATE TABLE a (id int PRIMARY KEY, p bigint REFERENCES people, q bigint REFERENCES people, "
                        + columns
                        + "); CREATE INDEX ON a (p); CREATE INDEX ON a (q);",
                MAP + "  a: { " + rules + " }\n",
                List.of(findings));
    }

    static Stream<Arguments> unique() {
        String one = "subject: p, erase: { anonymize: { %s } }";
        return Stream.of(
                of(
                        "the key, where a person may have many rows",
                        "tag text UNIQUE",
                        one.formatted("tag: 'gone-{key}'"),
                        "cannot-hold a.tag"),
                of("chance, of which there is always more", "tag text UNIQUE", one.formatted("tag: '{random}'")),
                of(
                        "a constant beside a column that tells the rows apart by itself",
                        "tag text, code text NOT NULL UNIQUE, UNIQUE (code, tag)",
                        one.formatted("tag: gone")),
                of(
                        "a constant beside a column that does not",
                        "tag text, code text NOT NULL, UNIQUE (code, tag)",
                        one.formatted("tag: gone"),
                        "cannot-hold a.tag"));
    }

    @ParameterizedTest(name = "gone: {1} under WHERE {0}")
    @CsvSource(delimiter = ';', textBlock = """
            NOT gone; true;
            NOT gone; false; cannot-hold a.tag
            gone; false;
            gone; true; cannot-hold a.tag
            gone IS NOT NULL; null;
            gone IS NULL; true;
            gone IS NULL; null; cannot-hold a.tag
            """)
    void aRuleMayTakeTheRowOutOfAPartialIndex(String where, String rule, String finding) {
        String sql = "CREATE TABLE people (id bigint PRIMARY KEY); CREATE TABLE a (p bigint, tag text, gone boolean);"
                + "CREATE INDEX ON a (p); CREATE UNIQUE INDEX ON a (tag) WHERE " + where;
        String map = MAP + "  a: { subject: p, erase: { anonymize: { tag: x, gone: " + rule + " } } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.findings()).isEqualTo(finding == null ? List.of() : List.of(finding));
        }
    }

    @ParameterizedTest(name = "{1} into {0}")
    @CsvSource(delimiter = ';', textBlock = """
            text; {now};
            varchar(20); {now}; cannot-hold
            date; {now};
            timestamptz; {now};
            bigint; {now}; cannot-hold
            uuid; {random};
            varchar(8); {random}; cannot-hold
            bigint; {random}; cannot-hold
            bigint; {key};
            int; {key}; cannot-hold
            varchar(4); {key}; cannot-hold
            varchar(40); {key};
            varchar(5); x-{key}; cannot-hold
            bigint; x-{key}; cannot-hold
            """)
    void aPlaceholderIsWrittenWhereItFits(String type, String rule, String code) {
        String sql = "CREATE TABLE people (id bigint PRIMARY KEY, v " + type + ");";
        String map = "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: { anonymize: { v: '"
                + rule + "' } } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.findings()).isEqualTo(code == null ? List.of() : List.of(code + " people.v"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unique")
    void aUniqueIndexHoldsItOrCheckSaysSo(String name, String sql, String map, List<String> expected) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.findings().stream().filter(f -> f.startsWith("cannot-hold")))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}

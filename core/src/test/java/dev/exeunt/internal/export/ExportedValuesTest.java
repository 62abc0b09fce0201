package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that every type of value is exported exactly, whatever the session settings. */
class ExportedValuesTest {

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { erase: delete }
              things: { subject: user_id, erase: delete }
            """;

    private static final String USERS = "CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1), (2);\n";

    private static final String HOSTILE = """
            DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET TimeZone = ''Asia/Tokyo''', current_database());
            EXECUTE format('ALTER DATABASE %I SET DateStyle = ''SQL, DMY''', current_database());
            EXECUTE format('ALTER DATABASE %I SET IntervalStyle = ''sql_standard''', current_database());
            EXECUTE format('ALTER DATABASE %I SET bytea_output = ''escape''', current_database());
            EXECUTE format('ALTER DATABASE %I SET extra_float_digits = -10', current_database());
            EXECUTE format('ALTER DATABASE %I SET standard_conforming_strings = off', current_database()); END $$;
            """;

    /** The table {@code things} with one column {@code v}, a row for each value, in order. */
    private static ExportedBundle things(String type, String before, String... values) {
        StringBuilder sql = new StringBuilder(USERS + before)
                .append("CREATE TABLE things (n int PRIMARY KEY, user_id int")
                .append(" NOT NULL REFERENCES users, v ")
                .append(type)
                .append("); CREATE INDEX ON things (user_id);");
        for (int i = 0; i < values.length; i++) {
            sql.append("INSERT INTO things VALUES (")
                    .append(i)
                    .append(", 1, ")
                    .append(values[i])
                    .append(");");
        }
        try (TestDatabase database = TestDatabase.create()) {
            database.execute(sql.toString());
            // shows in new sessions
            database.execute(HOSTILE);
            return ExportedBundle.zip(database, MAP, "1");
        }
    }

    private static List<String> json(String type, String before, String... values) {
        ExportedBundle bundle = things(type, before, values);
        bundle.json("things.json")
                .forEach(row -> assertThat(row.propertyNames()).containsExactly("n", "user_id", "v"));
        return bundle.text("things.json")
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> line.replaceAll("^.*?\"v\":", "").replaceAll("},?$", ""))
                .toList();
    }

    private static List<String> csv(String type, String before, String... values) {
        return things(type, before, values).csv("things").stream()
                .map(line -> line.split(",", 3)[2])
                .toList();
    }

    @Test
    void numbersKeepEveryDigit() {
        assertThat(json("bigint", "", "9007199254740993", "-9223372036854775808"))
                .containsExactly("9007199254740993", "-9223372036854775808");
        assertThat(json("numeric", "", "123456789012345678901234567890.00010", "'NaN'", "'Infinity'", "'-Infinity'"))
                .containsExactly("123456789012345678901234567890.00010", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"");
        assertThat(json("float8", "", "0.1::float8 + 0.2", "'NaN'", "'-Infinity'", "1e-300", "1e300"))
                .containsExactly("0.30000000000000004", "\"NaN\"", "\"-Infinity\"", "1e-300", "1e+300");
        assertThat(json("money", "", "'-1234.50'")).containsExactly("\"-$1,234.50\"");
        assertThat(csv("money", "", "'-1234.50'")).containsExactly("\"-$1,234.50\"");
        assertThat(csv("float8", "", "0.1::float8 + 0.2", "-5")).containsExactly("0.30000000000000004", "-5");
    }

    @Test
    void momentsAreInUtcAndIso() {
        String[] moments = {
            "'2026-05-03 10:11:12.345678+09'", "'0044-03-15 12:00:00+00 BC'", "'infinity'", "'-infinity'"
        };
        assertThat(json("timestamptz", "", moments))
                .containsExactly(
                        "\"2026-05-03T01:11:12.345678+00:00\"",
                        "\"0044-03-15T12:00:00+00:00 BC\"",
                        "\"infinity\"",
                        "\"-infinity\"");
        assertThat(csv("timestamptz", "", moments))
                .containsExactly("2026-05-03 01:11:12.345678+00", "0044-03-15 12:00:00+00 BC", "infinity", "-infinity");
        assertThat(csv("date", "", "'2026-05-03'", "'0044-03-15 BC'")).containsExactly("2026-05-03", "0044-03-15 BC");
        assertThat(json("interval", "", "'1 day 2 hours'", "'-1 month'")).containsExactly("\"P1DT2H\"", "\"P-1M\"");
        assertThat(csv("interval", "", "'1 day 2 hours'")).containsExactly("P1DT2H");
    }

    @Test
    void aTimeWithoutAZoneStaysAsItIs() {
        assertThat(json("timestamp", "", "'2026-05-03 10:11:12.345678'", "'infinity'", "'0044-03-15 12:00:00 BC'"))
                .containsExactly("\"2026-05-03T10:11:12.345678\"", "\"infinity\"", "\"0044-03-15T12:00:00 BC\"");
        assertThat(csv("timestamp", "", "'2026-05-03 10:11:12.345678'")).containsExactly("2026-05-03 10:11:12.345678");
        assertThat(csv("time", "", "'10:11:12'")).containsExactly("10:11:12");
        assertThat(csv("timetz", "", "'10:11:12+09'")).containsExactly("10:11:12+09");
    }

    @Test
    void jsonStaysJson() {
        assertThat(json("jsonb", "", "'{\"a\": [1, null, \"\\u00fc\"]}'", "'null'", "NULL", "'\"=1+1\"'"))
                .containsExactly("{\"a\": [1, null, \"ü\"]}", "null", "null", "\"=1+1\"");
        assertThat(csv("jsonb", "", "'null'", "NULL", "'\"=1+1\"'", "'-5'"))
                .containsExactly("\"null\"", "", "\"\"\"=1+1\"\"\"", "\"'-5\"");
    }

    @Test
    void jsonWithLineBreaksIsWhatItWas() {
        ExportedBundle bundle = things("json", "", "E'{\"b\":1,\\n \"a\" : 2, \"b\":\"\\\\\\\\n\"}'");
        assertThat(bundle.text("things.json")).contains("\"v\":{\"b\":1,\n \"a\" : 2, \"b\":\"\\\\n\"}}");
    }

    @Test
    void otherTypesAreWhatPostgreSqlWrites() {
        assertThat(json("text[]", "", "ARRAY['a', NULL, 'q\"x', '=1']"))
                .containsExactly("[\"a\",null,\"q\\\"x\",\"=1\"]");
        assertThat(csv("int[]", "", "'{{1,2},{3,4}}'")).containsExactly("\"{{1,2},{3,4}}\"");
        assertThat(json("mood", "CREATE TYPE mood AS ENUM ('=good', 'bad');", "'=good'"))
                .containsExactly("\"=good\"");
        assertThat(csv("mood", "CREATE TYPE mood AS ENUM ('=good', 'bad');", "'=good'"))
                .containsExactly("\"'=good\"");
        assertThat(json("pair", "CREATE TYPE pair AS (a int, \"B c\" text);", "ROW(1, 'x')"))
                .containsExactly("{\"a\":1,\"B c\":\"x\"}");
        assertThat(json("uuid", "", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"))
                .containsExactly("\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"");
        assertThat(json("inet", "", "'10.0.0.1/8'")).containsExactly("\"10.0.0.1/8\"");
        assertThat(json("int4range", "", "'[1,5]'")).containsExactly("\"[1,6)\"");
        assertThat(json("boolean", "", "true")).containsExactly("true");
        assertThat(csv("boolean", "", "true", "NULL")).containsExactly("t", "");
        assertThat(json("xml", "", "'<a>\"</a>'")).containsExactly("\"<a>\\\"</a>\"");
        assertThat(json("handle", "CREATE DOMAIN handle AS text;", "'@anna'")).containsExactly("\"@anna\"");
        assertThat(csv("handle", "CREATE DOMAIN handle AS text;", "'@anna'")).containsExactly("\"'@anna\"");
    }

    @Test
    void extensionsTypesToo() {
        assertThat(json("hstore", "CREATE EXTENSION hstore;", "'a=>1, b=>NULL'"))
                .hasSize(1);
        assertThat(csv("citext", "CREATE EXTENSION citext;", "'=A'")).containsExactly("\"'=A\"");
    }

    @Test
    void textArrivesToTheByte() {
        String awkward =
                "quote \" apostrophe ' back\\slash \\n comma, semi; tab\t line\nbreak\r\n \u0001 ü 漢 😀 \u2028 end";
        ExportedBundle bundle =
                things("text", "", "E'" + awkward.replace("\\", "\\\\").replace("'", "''") + "'");
        JsonNode row = bundle.json("things.json").get(0);
        assertThat(row.get("v").asString()).isEqualTo(awkward);
        assertThat(bundle.text("things.csv")).isEqualTo("n,user_id,v\n0,1,\"" + awkward.replace("\"", "\"\"") + "\"\n");
    }

    @Test
    void formulasAreTextInCsvOnly() {
        String[] formulas = {"'=1+1'", "'+1'", "'-1'", "'@x'", "E'\\t=1'", "'1=1'", "''''", "''", "NULL", "'NULL'"};
        assertThat(csv("text", "", formulas))
                .containsExactly(
                        "\"'=1+1\"",
                        "\"'+1\"",
                        "\"'-1\"",
                        "\"'@x\"",
                        "\"'\t'=1\"",
                        "\"1=1\"",
                        "\"'\"",
                        "\"\"",
                        "",
                        "\"NULL\"");
        assertThat(json("text", "", formulas))
                .containsExactly(
                        "\"=1+1\"",
                        "\"+1\"",
                        "\"-1\"",
                        "\"@x\"",
                        "\"\\t=1\"",
                        "\"1=1\"",
                        "\"'\"",
                        "\"\"",
                        "null",
                        "\"NULL\"");
    }

    /** What a spreadsheet strips before it looks, and a separator that it may take for its own. */
    @Test
    void formulasAreGuardedAfterBlanksAndSeparators() {
        for (String blank : List.of(
                " ",
                "\t",
                "\r",
                "\n",
                "\u00a0",
                "\u2003",
                "\u3000",
                "\u200b",
                "\ufeff",
                "\u2028",
                "\u000b",
                "\u007f",
                " \u00a0 ")) {
            for (String formula : List.of("=1", "+1", "-1", "@x", "\uff1d1")) {
                String text = things("text", "", "'" + blank + formula + "'").text("things.csv");
                assertThat(text).startsWith("n,user_id,v\n0,1,\"'" + blank).endsWith(formula + "\"\n");
            }
        }
        String[] within = {"'a;=1'", "E'a\\n -1'", "'a;\"=1'", "'\";=1'", "E'a;\\t=1'", "'a;b=1'", "'a =1'", "'a, -1'"};
        assertThat(things("text", "", within).text("things.csv").split("\n[0-9],1,"))
                .containsExactly(
                        "n,user_id,v",
                        "\"a;'=1\"",
                        "\"a\n' -1\"",
                        "\"a;'\"\"=1\"",
                        "\"\"\";'=1\"",
                        "\"a;\t'=1\"",
                        "\"a;b=1\"",
                        "\"a =1\"",
                        "\"a, -1\"\n");
    }

    @Test
    void namesOfColumnsAreGuardedLikeTexts() {
        try (TestDatabase database = TestDatabase.createFrom(
                USERS
                        + "CREATE TABLE things (user_id int UNIQUE REFERENCES users, \" =1+1\" int, \"a;=1\" int, \"q\"\"\" text);")) {
            assertThat(ExportedBundle.zip(database, MAP, "1").text("things.csv"))
                    .isEqualTo("user_id,\"' =1+1\",\"a;'=1\",\"q\"\"\"\n");
        }
    }

    /** The guard names characters that not every encoding has. */
    @Test
    void aDatabaseInAnotherEncodingIsGuardedAsWell() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            String latin = database.databaseName() + "_latin";
            database.execute("CREATE DATABASE \"" + latin
                    + "\" TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
            String url = database.jdbcUrl().replace(database.databaseName(), latin);
            try (var connection = java.sql.DriverManager.getConnection(url, database.user(), database.password());
                    var statement = connection.createStatement()) {
                statement.execute(
                        USERS
                                + "CREATE TABLE things (user_id int UNIQUE REFERENCES users, v text); INSERT INTO things VALUES (1, E'\\u00a0=é')");
                var bytes = new java.io.ByteArrayOutputStream();
                ExportedBundle.exporter(connection, MAP)
                        .export(
                                new dev.exeunt.internal.reach.SubjectKey(List.of("1")),
                                dev.exeunt.map.ExportSettings.BundleFormat.ZIP,
                                bytes);
                assertThat(new String(
                                ExportedBundle.unzip(bytes.toByteArray()).get("things.csv"),
                                java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo("user_id,v\n1,\"'\u00a0=é\"\n");
            } finally {
                database.execute("DROP DATABASE \"" + latin + "\"");
            }
        }
    }
}

package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests what data/bundle.js tells the page of a bundle, and that a data file has the rows of its section. */
class PageDataTest {

    private static final String SCHEMA = """
            CREATE TYPE mood AS ENUM ('good', 'bad');
            CREATE DOMAIN moment AS timestamptz;
            CREATE TABLE users (id bigint PRIMARY KEY);
            CREATE TABLE things (
                id int PRIMARY KEY, user_id bigint NOT NULL REFERENCES users,
                price numeric(10, 2), cost money, name varchar(40), mood mood, at timestamptz, seen moment, local timestamp, day date,
                done boolean, j json, b jsonb, bytes bytea, tags text[], code uuid, span interval);
            CREATE INDEX ON things (user_id);
            CREATE TABLE empty (user_id bigint REFERENCES users);
            CREATE INDEX ON empty (user_id);
            INSERT INTO users VALUES (1);
            INSERT INTO things (id, user_id, price, name, j) VALUES (1, 1, 19.90, '`${x}`', '{"a": 1, "a": 2}'), (2, 1, NULL, 'é', NULL);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { section: profile, erase: delete }
              things: { subject: user_id, erase: delete, title: { en: Things, de: Dinge }, means: What you have }
              empty: { subject: user_id, erase: delete }
            """;

    private static ExportedBundle bundle() {
        try (TestDatabase database = TestDatabase.createFrom(SCHEMA)) {
            return ExportedBundle.zip(database, MAP, "1");
        }
    }

    private static JsonNode data(ExportedBundle bundle) {
        String script = bundle.text("data/bundle.js");
        assertThat(script).startsWith("exeuntBundle({").endsWith("});\n");
        return JsonMapper.shared()
                .readTree(script.substring("exeuntBundle(".length(), script.length() - ");\n".length()));
    }

    @Test
    void sectionsHaveTheTitlesOfTheMapAndTheirFiles() {
        ExportedBundle bundle = bundle();
        JsonNode data = data(bundle);
        assertThat(data.get("schema").asInt()).isEqualTo(1);
        assertThat(data.get("generated").asString()).isEqualTo("2026-05-03T10:11:12Z");
        assertThat(data.get("subject").isNull()).isTrue();
        JsonNode things = data.get("sections").get(1);
        assertThat(things.get("title").toString()).isEqualTo("{\"en\":\"Things\",\"de\":\"Dinge\"}");
        assertThat(things.get("means").toString()).isEqualTo("{\"\":\"What you have\"}");
        assertThat(things.get("rows").asInt()).isEqualTo(2);
        assertThat(things.get("files").asInt()).isEqualTo(1);
        assertThat(things.get("rowsPerFile").toString()).isEqualTo("[2]");
        assertThat(things.get("heldByOthers").asInt()).isZero();
        JsonNode empty = data.get("sections").get(2);
        assertThat(empty.get("title").isNull()).isTrue();
        assertThat(empty.get("files").asInt()).isZero();
        assertThat(bundle.entries()).doesNotContainKey("data/empty-0001.js");
    }

    @Test
    void columnsHaveTheirTypeAndKind() {
        List<String> columns = new ArrayList<>();
        data(bundle())
                .get("sections")
                .get(1)
                .get("columns")
                .forEach(c -> columns.add(c.get("name").asString() + " "
                        + c.get("type").asString() + " " + c.get("kind").asString()));
        assertThat(columns)
                .containsExactly(
                        "id integer number",
                        "user_id bigint number",
                        "price numeric(10,2) number",
                        "cost money text",
                        "name character varying(40) text",
                        "mood mood text",
                        "at timestamp with time zone time",
                        "seen moment time",
                        "local timestamp without time zone local-time",
                        "day date date",
                        "done boolean boolean",
                        "j json json",
                        "b jsonb json",
                        "bytes bytea binary",
                        "tags text[] json",
                        "code uuid other",
                        "span interval other");
    }

    @Test
    void aDataFileHasTheTextOfItsRows() {
        ExportedBundle bundle = bundle();
        String json = bundle.text("things.json");
        String rows = json.substring(2, json.length() - 3);
        String script = bundle.text("data/things-0001.js");
        assertThat(script).startsWith("exeuntRows(\"things\",1,\"").endsWith("\");");
        String literal = script.substring("exeuntRows(\"things\",1,".length(), script.length() - 2);
        assertThat(JsonMapper.shared().readValue(literal, String.class)).isEqualTo(rows);
        assertThat(bundle.text("data/profile-0001.js")).isEqualTo("exeuntRows(\"profile\",1,String.raw`{\"id\":1}`);");
    }
}

package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests that a value of each type is exported as the table of {@code docs/reference/bundle.md} says. */
class DocumentedTypesTest {

    private static final Pattern ROW = Pattern.compile(
            "^\\| `([^`]+)`[^|]* \\| ``? ?(.+?) ?``? \\| ``? ?(.+?) ?``? \\| (?:``? ?(.+?) ?``?|nothing) \\|$");

    private static final String TYPES = """
            CREATE TYPE mood AS ENUM ('good', 'bad');
            CREATE DOMAIN handle AS text;
            CREATE TYPE pair AS (a int, b text);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables: { users: { erase: delete } }
            """;

    /**
     * One row of the table.
     *
     * @param sql the value as SQL writes it
     */
    private record DocumentedValue(String type, String sql, String json, String csv) {}

    private static List<DocumentedValue> documented() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/bundle.md"));
        return page.substring(page.indexOf("## How values are written"), page.indexOf("## The page"))
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(m -> new DocumentedValue(m.group(1), m.group(2), m.group(3), m.group(4) == null ? "" : m.group(4)))
                .toList();
    }

    @Test
    void eachTypeIsWrittenAsTheDocumentationSays() throws IOException {
        List<DocumentedValue> values = documented();
        assertThat(values).hasSizeGreaterThan(30);
        StringBuilder table = new StringBuilder(TYPES).append("CREATE TABLE users (id int PRIMARY KEY");
        StringBuilder row = new StringBuilder("INSERT INTO users VALUES (1");
        StringBuilder json = new StringBuilder("{\"id\":1");
        StringBuilder csv = new StringBuilder("1");
        for (int i = 0; i < values.size(); i++) {
            DocumentedValue value = values.get(i);
            table.append(", c").append(i).append(' ').append(value.type());
            row.append(", ").append(value.sql());
            json.append(",\"c").append(i).append("\":").append(value.json());
            csv.append(',').append(value.csv());
        }
        try (TestDatabase database = TestDatabase.create()) {
            database.execute(table + "); " + row + ")");
            ExportedBundle bundle = ExportedBundle.zip(database, MAP, "1");

            assertThat(bundle.text("users.json")
                            .lines()
                            .filter(l -> l.startsWith("{"))
                            .toList())
                    .containsExactly(json + "}");
            assertThat(bundle.text("users.csv").lines().skip(1).toList()).containsExactly(csv.toString());
        }
    }
}

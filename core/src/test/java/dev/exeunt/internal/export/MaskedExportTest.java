package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.plan.proof.MapChecker;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Tests values that are about another person: the row stays in the export, and tells that there is a value, not which. */
class MaskedExportTest {

    private static final String SCHEMA = """
            CREATE DOMAIN address AS varchar(30) CHECK (VALUE LIKE '%@%');
            CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
            CREATE TABLE messages (id bigint PRIMARY KEY, sender bigint REFERENCES users, receiver bigint REFERENCES users,
                reply_to address, code char(4), name varchar(5), sent date, body text);
            CREATE INDEX ON messages (sender);
            CREATE INDEX ON messages (receiver);
            INSERT INTO users VALUES (1, 'one@example.org'), (2, 'two@example.org');
            INSERT INTO messages VALUES
                (10, 1, 2, 'secret2@example.org', 'ab', 'Otto', '2026-01-02', 'from one'),
                (11, 2, 1, 'secret2@example.org', 'cd', 'Ada', '2026-01-03', 'to one'),
                (12, 1, 1, NULL, NULL, NULL, NULL, 'to myself');
            """;

    private static final String MASK = "[withheld: another person]";

    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.createFrom(SCHEMA);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    private static String map(String sent, String received) {
        return """
                version: 1
                subject: { table: users, key: id, identifiers: [email] }
                tables:
                  users: { erase: delete }
                  messages:
                    erase: delete
                    links:
                      sent: { subject: sender, export: { %s } }
                      received: { subject: receiver, export: { %s } }
                """.formatted(sent, received);
    }

    @Test
    void aTextIsReplacedByAFixedOneAndAnotherTypeIsEmpty() {
        String columns = "mask: [reply_to, code, name, sent, receiver, sender], reason: it is about another person";
        ExportedBundle bundle = ExportedBundle.zip(database, map(columns, columns), "1");

        assertThat(JsonMapper.shared().readTree(bundle.text("messages.json")).toString())
                .isEqualTo("""
                [{"id":10,"sender":null,"receiver":null,"reply_to":"%1$s","code":"%1$s","name":"%1$s","sent":null,"body":"from one","yours_as":["sent"]},\
                {"id":11,"sender":null,"receiver":null,"reply_to":"%1$s","code":"%1$s","name":"%1$s","sent":null,"body":"to one","yours_as":["received"]},\
                {"id":12,"sender":null,"receiver":null,"reply_to":null,"code":null,"name":null,"sent":null,"body":"to myself","yours_as":["sent","received"]}]""".formatted(MASK));
        assertThat(bundle.csv("messages"))
                .contains("11,,,\"" + MASK + "\",\"" + MASK + "\",\"" + MASK + "\",,\"to one\",\"{received}\"");
        assertThat(bundle.text("README.txt"))
                .contains("- messages: sender, receiver, reply_to, code, name, sent replaced by \"" + MASK
                        + "\", or empty where it is no text; reason: it is about another person")
                .doesNotContain("messages: without");
        assertThat(bundle.text("manifest.json"))
                .contains(
                        "\"kind\":\"masked\",\"columns\":[\"sender\",\"receiver\",\"reply_to\",\"code\",\"name\",\"sent\"],\"text\":\""
                                + MASK + "\",\"reason\"");
        bundle.entries()
                .keySet()
                .forEach(file -> assertThat(bundle.text(file)).doesNotContain("secret2", "Otto", "Ada"));
    }

    @Test
    void aRoleThatShowsTheValueShowsItAsItIsInItsRowsAlone() {
        ExportedBundle bundle = ExportedBundle.zip(
                database, map("except: [receiver]", "mask: [code, reply_to], except: [sender, name]"), "1");

        assertThat(JsonMapper.shared().readTree(bundle.text("messages.json")).toString())
                .isEqualTo("""
                [{"id":10,"sender":1,"receiver":null,"reply_to":"secret2@example.org","code":"ab  ","name":"Otto","sent":"2026-01-02","body":"from one","yours_as":["sent"]},\
                {"id":11,"sender":null,"receiver":1,"reply_to":"%1$s","code":"%1$s","name":null,"sent":"2026-01-03","body":"to one","yours_as":["received"]},\
                {"id":12,"sender":1,"receiver":1,"reply_to":null,"code":null,"name":null,"sent":null,"body":"to myself","yours_as":["sent","received"]}]""".formatted(MASK));
        assertThat(bundle.text("README.txt"))
                .contains("- messages: reply_to, code in rows that are yours as received replaced by \"" + MASK)
                .contains("only in rows that are yours as sent");
    }

    @Test
    void aMaskedColumnIdentifiesNoOtherPerson() throws Exception {
        assertThat(thirdParties(map("with: { users: { on: sender, columns: [id] } }", "except: [sender]")))
                .contains("messages.receiver");
        assertThat(thirdParties(map("mask: [receiver]", "mask: [sender]"))).isEmpty();
    }

    private static List<String> thirdParties(String map) throws Exception {
        try (Connection connection = database.connection()) {
            return MapChecker.check(MapReader.read(map, "exeunt.yaml"), SchemaReader.read(connection))
                    .findings()
                    .stream()
                    .filter(finding -> finding.code() == FindingCode.THIRD_PARTY)
                    .map(Finding::what)
                    .toList();
        }
    }
}

package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests what an export tells besides rows: who is responsible, what the data is for, how long it stays, what is withheld and why. */
class ExportedLawTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, secret text, locale text);
            CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, total numeric);
            CREATE INDEX ON orders (user_id);
            CREATE TABLE follows (id bigint PRIMARY KEY, follower bigint NOT NULL REFERENCES users,
                followed bigint NOT NULL REFERENCES users, note text);
            CREATE INDEX ON follows (follower);
            CREATE INDEX ON follows (followed);
            CREATE TABLE logins (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users);
            CREATE INDEX ON logins (user_id);
            INSERT INTO users VALUES (1, 'one@example.org', 'hash', 'en'), (2, 'two@example.org', 'hash', 'de');
            INSERT INTO orders VALUES (1, 1, 19.90);
            """;

    private static final String TABLES = """
            tables:
              users:
                section: profile
                categories: name and address
                export: { except: [secret], reason: { en: it protects your account, de: es schützt Ihr Konto } }
                erase:
                  anonymize: { email: "deleted-{key}@erased.invalid", secret: null }
                  retain: [locale]
              orders:
                purpose: { en: To deliver what you order, de: Um zu liefern }
                subject: user_id
                erase: { keep: { reason: tax law, basis: legal-obligation, for: 10y, then: delete } }
              follows:
                erase: delete
                links:
                  mine: { subject: follower, export: { except: [followed] } }
                  of-me: { subject: followed, export: { none: "written by\n another person" } }
              logins: { subject: user_id, erase: delete, export: { none: it shows how we find intruders } }
            """;

    private static final String SILENT = """
            version: 1
            subject: { table: users, key: id, identifiers: [email] }
            """ + TABLES;

    private static final String TELLING = """
            version: 1
            subject: { table: users, key: id, identifiers: [email] }
            controller:
              name: Example Ltd
              address: 1 High Street, London
              contact: privacy@example.org
              officer: { de: "Dr. Ina Berg, dsb@example.org", en: "Dr Ina Berg, dpo@example.org" }
              authority: the data protection authority of Hesse
            purpose: To run your account
            recipients: the company that hosts the database
            transfers: To a host in Japan, by an adequacy decision
            flows: { delete-account: { grace: 14d }, deactivate: { grace: none } }
            """ + TABLES;

    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.createFrom(SCHEMA);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void theReadmeTellsWhoIsResponsibleAndWhatTheDataIsUsedFor() {
        assertThat(ExportedBundle.zip(database, TELLING, "1").text("README.txt"))
                .contains("""
                        WHO IS RESPONSIBLE

                        - Responsible: Example Ltd
                        - Address: 1 High Street, London
                        - Contact: privacy@example.org
                        - Data protection officer: Dr Ina Berg, dpo@example.org

                        WHAT IT IS USED FOR

                        - Purpose: To run your account
                        - Recipients: the company that hosts the database
                        - Transfers to other countries: To a host in Japan, by an adequacy decision
                        - Automated decisions: the service does not state it here

                        """, """
                        The service names this one: the data protection authority of Hesse
                        The service offers: to delete your account, erased 14 days after you ask; to deactivate your account, at once.
                        """);
    }

    @Test
    void theReadmeTellsOfEachSectionWhatIsParticularToIt() {
        String readme = ExportedBundle.zip(database, TELLING, "1").text("README.txt");
        assertThat(readme).contains("""
                        - profile (1 row): id, email, locale
                          Categories of data: name and address
                          Source: the service does not state it here
                          How long: the rows stay when your account is erased, with columns overwritten
                        - orders (1 row): id, user_id, total
                          Purpose: To deliver what you order
                          Source: the service does not state it here
                          How long: the rows stay when your account is erased, tax law; legal basis: legal-obligation; for 10 years, then deleted
                        - follows (0 rows): id, follower, note
                        """);
        assertThat(readme).contains("""
                        WHAT IS NOT IN IT

                        - profile: without secret; reason: it protects your account
                        - follows: without followed; no reason stated
                        - follows: without rows that are yours only as of-me; reason: written by another person
                        - logins: the service does not hand out these rows; reason: it shows how we find intruders
                        """);
    }

    @Test
    void theManifestHoldsTheSameForPrograms() {
        JsonNode manifest = JsonMapper.shared()
                .readTree(ExportedBundle.zip(database, TELLING, "1").text("manifest.json"));
        JsonNode law = manifest.get("law");
        assertThat(law.at("/controller/officer").toString())
                .isEqualTo("{\"de\":\"Dr. Ina Berg, dsb@example.org\",\"en\":\"Dr Ina Berg, dpo@example.org\"}");
        assertThat(law.at("/controller/name").toString()).isEqualTo("{\"\":\"Example Ltd\"}");
        assertThat(law.has("automatedDecisions")).isFalse();
        assertThat(law.get("grace").toString()).isEqualTo("{\"delete-account\":\"14d\",\"deactivate\":\"none\"}");
        assertThat(law.get("withheld").get(0).toString())
                .isEqualTo("{\"section\":\"profile\",\"kind\":\"columns\",\"columns\":[\"secret\"],"
                        + "\"reason\":{\"en\":\"it protects your account\",\"de\":\"es schützt Ihr Konto\"}}");
        assertThat(law.get("withheld").get(1).toString())
                .isEqualTo("{\"section\":\"follows\",\"kind\":\"columns\",\"columns\":[\"followed\"]}");
        assertThat(law.get("kept").toString())
                .isEqualTo(
                        "[{\"section\":\"profile\",\"roles\":[\"self\"],\"kind\":\"columns\",\"columns\":[\"locale\"]},"
                                + "{\"section\":\"orders\",\"roles\":[\"link\"],\"kind\":\"rows\",\"reason\":\"tax law\","
                                + "\"basis\":\"legal-obligation\",\"period\":\"10y\",\"thenDelete\":true}]");
        assertThat(manifest.get("sections").get(1).toString())
                .isEqualTo(
                        "{\"name\":\"orders\",\"law\":{\"purpose\":{\"en\":\"To deliver what you order\",\"de\":\"Um zu liefern\"},"
                                + "\"recipients\":{\"\":\"the company that hosts the database\"},"
                                + "\"retention\":[{\"roles\":[\"link\"],\"outcome\":\"keep\",\"reason\":\"tax law\","
                                + "\"basis\":\"legal-obligation\",\"period\":\"10y\",\"thenDelete\":true}]}}");
    }

    @Test
    void thePageOfTheBundleGetsWhatTheManifestHolds() {
        ExportedBundle bundle = ExportedBundle.zip(database, TELLING, "1");
        String script = bundle.text("data/bundle.js").strip();
        JsonNode page = JsonMapper.shared().readTree(script.substring("exeuntBundle(".length(), script.length() - 2));
        JsonNode manifest = JsonMapper.shared().readTree(bundle.text("manifest.json"));

        assertThat(page.get("law")).isEqualTo(manifest.get("law"));
        for (int i = 0; i < manifest.get("sections").size(); i++) {
            assertThat(page.get("sections").get(i).get("law"))
                    .isEqualTo(manifest.get("sections").get(i).get("law"));
        }
    }

    @Test
    void aMapThatSaysNothingIsNotAnsweredForByTheProgram() {
        ExportedBundle bundle = ExportedBundle.zip(database, SILENT, "1");
        assertThat(bundle.text("README.txt"))
                .contains("The service does not state here who is responsible for your data. Ask it.")
                .contains("Where the GDPR applies, you may ask for that (Art. 15).")
                .doesNotContain("Recipients", "Automated decisions", "The service names", "The service offers");
        assertThat(JsonMapper.shared()
                        .readTree(bundle.text("manifest.json"))
                        .at("/law")
                        .propertyNames())
                .containsExactly("rights", "withheld", "kept");
    }

    @Test
    void theJsonDocumentHoldsItWhereTheMapSaysSomething() throws Exception {
        assertThat(document(SILENT).propertyNames())
                .containsExactly("schema", "generated", "profile", "orders", "follows");
        JsonNode document = document(TELLING);
        assertThat(document.propertyNames())
                .containsExactly(
                        "schema", "generated", "exeunt:law", "exeunt:sections", "profile", "orders", "follows");
        assertThat(document.at("/exeunt:law/controller/contact").toString())
                .isEqualTo("{\"\":\"privacy@example.org\"}");
        assertThat(document.get("exeunt:sections").propertyNames()).containsExactly("profile", "orders", "follows");
    }

    private static JsonNode document(String map) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Connection connection = database.connection()) {
            ExportedBundle.exporter(connection, map).export(new SubjectKey(List.of("1")), BundleFormat.JSON, bytes);
        }
        return JsonMapper.shared().readTree(bytes.toByteArray());
    }
}

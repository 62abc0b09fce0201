package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests {@code exeunt report}, which reads the map alone: no test here has a database. */
class ProcessingRecordCommandTest {

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id, identifiers: [email] }
            controller: { name: "Example | Ltd", officer: { de: Ina Berg, en: Jo Bloggs } }
            purpose: { en: To run your account, de: Betrieb des Kontos }
            transfers: none
            backups: 35d
            flows: { delete-account: { grace: 14d } }
            external: { billing: { deadline: 30d } }
            tables:
              users:
                title: { en: Your profile, de: Ihr Profil }
                categories: name and address
                erase: { anonymize: { email: null }, retain: [locale] }
              orders:
                purpose: To deliver what you order
                subject: user_id
                erase: { keep: { reason: tax law, basis: legal-obligation, for: 10y, then: delete } }
              sessions: { subject: user_id, erase: delete }
              reports:
                links:
                  by: { subject: author, erase: detach }
                  about: { subject: target, erase: { keep: evidence } }
            """;

    private final ProgramRunner program = new ProgramRunner();

    @TempDir
    private Path directory;

    private String map() throws IOException {
        return Files.writeString(directory.resolve("exeunt.yaml"), MAP).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"catch-log", "guild-platform", "prediction-market", "task-planner", "workspace-suite"})
    void eachSampleHasARecordOfItsMapAlone(String sample) {
        String map = "../samples/" + sample + "/exeunt.yaml";
        ProgramRunner.ProgramResult text = program.run("report", "--map", map);
        ProgramRunner.ProgramResult json = program.run("report", "--map", map, "--format", "json");

        assertThat(text.code()).as(text.all()).isZero();
        assertThat(text.out())
                .startsWith("# Record of processing activities (GDPR Art. 30(1))\n")
                .contains(
                        "\n## Controller\n",
                        "\n## Activity: ",
                        "\n## Envisaged time limits\n",
                        "\n## What outlives an erasure\n")
                .contains("\n## Security measures (Art. 32(1))\n");
        assertThat(json.code()).as(json.all()).isZero();
        assertThat(json.json().get("activities"))
                .isNotEmpty()
                .allSatisfy(activity -> assertThat(activity.get("tables"))
                        .isNotEmpty()
                        .allSatisfy(table -> assertThat(text.out())
                                .contains("| `" + table.get("table").asString() + "`")));
        assertThat(json.json().get("outliving")).isNotEmpty();
    }

    @Test
    void theSampleThatNamesItsControllerHasNoBlankForIt() {
        ProgramRunner.ProgramResult run =
                program.run("report", "--map", "../samples/workspace-suite/exeunt.yaml", "--language", "de");

        assertThat(run.out())
                .contains("| Name | Workspace Suite GmbH |")
                .contains("Ada Brandt, Datenschutzbeauftragte")
                .contains("## Activity: Um Ihr Konto und Ihre Arbeitsbereiche zu betreiben")
                .contains("## Activity: Um Konten vor anderen zu schützen")
                .doesNotContain("| Recipients | _to fill in_");
    }

    @Test
    void tablesWithOnePurposeAreOneActivityAndBlanksAreMarked() throws IOException {
        String record = program.run("report", "--map", map()).out();

        assertThat(record).contains("""
                | Name | Example \\| Ltd |
                | Address | _to fill in_ |
                | Contact | _to fill in_ |
                | Data protection officer | Jo Bloggs |
                """, """
                ## Activity: To run your account

                |  |  |
                |---|---|
                | Purpose | To run your account |
                | Legal basis | _to fill in_ |
                | Categories of people | people with a row in `users`: _to fill in_ |
                | Recipients | _to fill in_; systems that are told of erasures: `billing` |
                | Source | _to fill in_ |
                | Transfers to third countries, with safeguards | none |
                | Automated decisions | _to fill in_ |

                | table | categories of data | when the account is erased |
                |---|---|---|
                | `users` Your profile | name and address | stays, with columns overwritten |
                | `sessions` | _to fill in_ | deleted |
                | `reports` | _to fill in_ | as by: stays, without its link to the person; as about: kept, without a period in the map |
                """, """
                | after a request to delete-account | erased 14 days after it |
                | backups | 35 days |
                """, """
                | table | what stays | reason | legal basis | for | then |
                |---|---|---|---|---|---|
                | `users` | `locale` | _to fill in_ | _to fill in_ | _to fill in_ |  |
                | `orders` | rows | tax law | legal-obligation | 10 years | deleted |
                | `reports` as about | rows | evidence | _to fill in_ | _to fill in_ |  |
                """);
    }

    @Test
    void programsReadTheSameAsJson() throws IOException {
        JsonNode record =
                program.run("report", "--map", map(), "--format", "json").json();

        assertThat(record.at("/controller/officer/de").asString()).isEqualTo("Ina Berg");
        assertThat(record.at("/controller/address").isNull()).isTrue();
        assertThat(record.at("/activities/1/purpose").toString()).isEqualTo("{\"\":\"To deliver what you order\"}");
        assertThat(record.at("/outliving/1").toString())
                .isEqualTo("{\"table\":\"orders\",\"role\":null,\"columns\":[],\"reason\":\"tax law\","
                        + "\"basis\":\"legal-obligation\",\"for\":\"10y\",\"then\":\"delete\"}");
        assertThat(record.at("/grace").toString()).isEqualTo("{\"delete-account\":\"14d\"}");
    }

    @Test
    void aFileThatExistsStaysUnlessForced() throws IOException {
        Path file = Files.writeString(directory.resolve("record.md"), "mine");
        String map = map();

        ProgramRunner.ProgramResult refused = program.run("report", "--map", map, "-o", file.toString());
        String after = Files.readString(file);
        ProgramRunner.ProgramResult forced = program.run("report", "--map", map, "-o", file.toString(), "--force");

        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(after).isEqualTo("mine");
        assertThat(forced.code()).as(forced.all()).isZero();
        assertThat(forced.out()).contains("a draft. Fill in");
        assertThat(Files.readString(file)).startsWith("# Record of processing activities");
    }

    @Test
    void whatIsNoLanguageTagIsRefusedWithExamples() throws IOException {
        ProgramRunner.ProgramResult run = program.run("report", "--map", map(), "--language", "?");

        assertThat(run.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(run.err()).contains("--language is ?, which is no language tag. Say en, de or pt-BR.");
    }
}

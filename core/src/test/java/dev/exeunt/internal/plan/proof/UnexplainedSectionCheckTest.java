package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.FindingCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnexplainedSectionCheckTest {

    private static final String CONTROLLER = "controller: { name: Example Ltd }\n";

    private static final String TABLES = """
            tables:
              users: { purpose: a, recipients: b, source: c, erase: delete }
              orders: { subject: user_id, source: c, erase: delete }
              scores: { subject: user_id, erase: delete, export: none }
              reports:
                erase: delete
                links: { by: { subject: author, export: none }, about: { subject: target } }
            """;

    private static List<Finding> check(String... parts) {
        String map = "version: 1\nsubject: { table: users, key: id }\n" + String.join("", parts) + TABLES;
        return UnexplainedSectionCheck.check(MapReader.read(map, "exeunt.yaml"));
    }

    @Test
    void aSectionWithoutPurposeRecipientsOrSourceIsNamedWithWhatIsMissing() {
        List<Finding> findings = check(CONTROLLER);

        assertThat(findings).extracting(Finding::what).containsExactly("orders", "reports");
        assertThat(findings).extracting(Finding::code).containsOnly(FindingCode.UNEXPLAINED);
        assertThat(findings.get(0).message())
                .isEqualTo("the export of orders does not tell the person its purpose, recipients.");
        assertThat(findings.get(0).at()).isEqualTo(new Position("exeunt.yaml", 6, 3));
        assertThat(findings.get(0).fix().toString()).contains("""
                under tables: orders:
                  purpose: for what these rows are used
                  recipients: who receives them
                or write them at the top of the map""");
        assertThat(findings.get(1).message()).contains("purpose, recipients, source");
    }

    @Test
    void whatStandsAtTheTopGoesForAllTables() {
        assertThat(check(CONTROLLER, "purpose: a\nrecipients: b\nsource: c\n")).isEmpty();
        assertThat(check(CONTROLLER, "purpose: a\nrecipients: b\n"))
                .extracting(Finding::what)
                .containsExactly("reports");
    }

    @Test
    void aMapWithoutAControllerIsNotAsked() {
        assertThat(check()).isEmpty();
    }
}

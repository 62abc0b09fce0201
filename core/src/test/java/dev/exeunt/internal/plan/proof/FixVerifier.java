package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FixSnippet;
import dev.exeunt.testkit.FixApplier;
import dev.exeunt.testkit.MappedDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Applies each suggested fix on its own and asserts that its finding is gone without a new error. */
final class FixVerifier {

    private FixVerifier() {}

    /** Each finding that has something to paste is gone once it is, and no error has come instead. */
    static void pasted(String sql, String map) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            List<Finding> findings = world.check().findings();
            for (Finding finding : findings) {
                if (finding.fix().paste() instanceof FixSnippet.SqlStatement statement) {
                    run(statement, finding, findings, sql, map);
                } else if (finding.fix().paste() != null) {
                    String fixed = FixApplier.into(map, finding);
                    MappedDatabase answered =
                            new MappedDatabase(world.database(), MapReader.read(fixed, "exeunt.yaml"));
                    gone(finding, findings, answered.check().findings(), fixed);
                }
            }
        }
    }

    private static void run(
            FixSnippet.SqlStatement statement, Finding finding, List<Finding> findings, String sql, String map) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.database().execute(statement.text());
            gone(finding, findings, world.check().findings(), map);
        }
    }

    private static void gone(Finding finding, List<Finding> before, List<Finding> after, String map) {
        assertThat(about(after)).as(finding + "\n" + map).doesNotContain(about(finding));
        Set<String> errors =
                new HashSet<>(about(after.stream().filter(Finding::isError).toList()));
        errors.removeAll(about(before));
        assertThat(errors).as("new errors after: " + finding + "\n" + map).isEmpty();
    }

    private static List<String> about(List<Finding> findings) {
        return findings.stream().map(FixVerifier::about).toList();
    }

    private static String about(Finding finding) {
        return finding.code().word() + " " + finding.what() + " " + finding.message();
    }
}

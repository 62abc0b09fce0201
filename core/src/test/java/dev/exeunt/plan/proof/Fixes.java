package dev.exeunt.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.map.Paste;
import dev.exeunt.map.yaml.MapReader;
import dev.exeunt.testkit.Pasting;
import dev.exeunt.testkit.World;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pastes each fix of a world on its own, and looks what is left. */
final class Fixes {

    private Fixes() {}

    /** Each finding that has something to paste is gone once it is, and no error has come instead. */
    static void pasted(String sql, String map) {
        try (World world = World.of(sql, map)) {
            List<Finding> findings = world.check().findings();
            for (Finding finding : findings) {
                if (finding.fix().paste() instanceof Paste.Sql statement) {
                    run(statement, finding, findings, sql, map);
                } else if (finding.fix().paste() != null) {
                    String fixed = Pasting.into(map, finding);
                    World answered = new World(world.database(), MapReader.read(fixed, "exeunt.yaml"));
                    gone(finding, findings, answered.check().findings(), fixed);
                }
            }
        }
    }

    private static void run(Paste.Sql statement, Finding finding, List<Finding> findings, String sql, String map) {
        try (World world = World.of(sql, map)) {
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
        return findings.stream().map(Fixes::about).toList();
    }

    private static String about(Finding finding) {
        return finding.code().word() + " " + finding.what() + " " + finding.message();
    }
}

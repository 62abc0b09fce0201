package dev.exeunt.internal.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.MapDraft;
import dev.exeunt.testkit.RealSchemaScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Schemas of real systems, which do not stand in this repository: {@code EXEUNT_REAL_SCHEMAS} names their directory. */
class MapDraftRealSchemasTest {

    @TestFactory
    Stream<DynamicTest> draftsOfRealSchemasPassTheCheckButForWhatIsUndecided() throws IOException {
        return RealSchemaScripts.all().stream()
                .map(script -> DynamicTest.dynamicTest(script.getFileName().toString(), () -> draft(script)));
    }

    private static void draft(Path script) throws IOException {
        String sql = Files.readString(script);
        String subject = sql.contains("create table \"public\".\"users\"") ? "users" : "User";
        DraftedMap drafted = DraftedMap.of(subject, sql);
        MapDraft.DraftSummary summary = drafted.draft().summary();
        System.out.println(script.getFileName() + ": " + summary);

        drafted.isSound();
        assertThat(summary.mapped()).isGreaterThanOrEqualTo(summary.onPath());
        assertThat(summary.undecided() * 5).isLessThanOrEqualTo(summary.tables());
        assertThat(drafted.draft().yaml().lines().filter(l -> l.contains("# TO DECIDE:")))
                .hasSizeGreaterThanOrEqualTo(summary.undecided());
    }
}

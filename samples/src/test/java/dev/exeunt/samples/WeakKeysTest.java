package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.internal.draft.judgement.DraftProtocol;
import dev.exeunt.internal.draft.judgement.JudgedSchema;
import dev.exeunt.map.Finding;
import dev.exeunt.testkit.TestSkip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows of other people that name the person in one column, such as the moderator of a report, survive an erasure by a draft whose
 * questions were answered. The judgements say which columns these are, whether or not the database declares a foreign key.
 */
class WeakKeysTest {

    @TempDir
    Path folder;

    static Stream<Arguments> schemas() {
        return RealSchema.all().stream()
                .flatMap(s -> Stream.of(true, false).map(declared -> Arguments.of(s, declared)));
    }

    @ParameterizedTest(name = "{0}, keys declared: {1}")
    @MethodSource("schemas")
    void rowsThatNameThePersonInAWeakKeySurvive(RealSchema schema, boolean declared) {
        Path script = Path.of(needed(schema, "EXEUNT_FILL"));
        Path directory = Path.of(needed(schema, "EXEUNT_REAL_SCHEMAS"));
        TestSkip.unless(
                Files.exists(directory.resolve(schema.name() + ".sql")),
                "real schema " + schema + ": there is no " + schema + ".sql");
        try (FilledSchema filled = FilledSchema.of(schema, directory, script, folder, List.of("--seed", "4"))) {
            WeakKeyRows planted = WeakKeyRows.plant(
                    filled,
                    JudgedSchema.valueOf(schema.name().toUpperCase(Locale.ROOT)).judgement());
            if (!declared) {
                planted.dropForeignKeys();
            }
            Exeunt exeunt = filled.exeunt();
            DraftProtocol protocol = new DraftProtocol(
                    filled.database(),
                    exeunt.draft(schema.subject().replace("\"", "")).yaml(),
                    offered -> offered.get(offered.size() - 1));
            protocol.answer();
            assertThat(protocol.paste()).noneMatch(Finding::isError);

            exeunt.erase(Exeunt.readMap(protocol.map(), "exeunt.yaml"), List.of(filled.key()), receipt -> {});

            System.out.println("weak keys of " + schema + ", declared " + declared + ": " + planted.summary());
            assertThat(planted.count()).isGreaterThan(0);
            assertThat(planted.damaged()).isEmpty();
        }
    }

    private static String needed(RealSchema schema, String variable) {
        String value = System.getenv(variable);
        TestSkip.unless(value != null, "real schema " + schema + ": " + variable + " is not set");
        return value;
    }
}

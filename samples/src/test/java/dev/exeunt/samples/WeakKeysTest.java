package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.internal.draft.judgement.DraftProtocol;
import dev.exeunt.internal.draft.judgement.JudgedSchema;
import dev.exeunt.map.Finding;
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
        try (FilledSchema filled = FilledSchema.orSkip(schema, folder, List.of("--seed", "4"))) {
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
}

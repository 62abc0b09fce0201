package dev.exeunt.internal.export.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.ExportSettings;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that two people's bundles never get the same file name at the same moment. */
class BundleFileNameTest {

    private static String name(String... parts) {
        return BundleFileName.of(
                ExportSettings.DEFAULT,
                new SubjectKey(List.of(parts)),
                ExportSettings.BundleFormat.ZIP,
                Instant.parse("2026-05-04T03:02:01Z"));
    }

    @Test
    void holdsAPlainKeyAsItIs() {
        assertThat(name("42")).isEqualTo("data-export-42-20260504-030201.zip");
        assertThat(name("7", "42")).isEqualTo("data-export-1.7-2.42-20260504-030201.zip");
    }

    @Test
    void tellsKeysApartOfWhichTheSameIsLeft() {
        String longest = "k".repeat(100);
        Stream<String> names = Stream.of(
                name("a/b"),
                name("a_b"),
                name("a:b"),
                name(longest),
                name(longest + "1"),
                name(longest + "2"),
                name("a-b", "c"),
                name("a", "b-c"),
                name("ä", "c"),
                name("ö", "c"));
        Set<String> different = names.collect(Collectors.toSet());

        assertThat(different)
                .hasSize(10)
                .allSatisfy(
                        name -> assertThat(name).matches("data-export-[A-Za-z0-9._-]{1,120}-20260504-030201\\.zip"));
    }
}

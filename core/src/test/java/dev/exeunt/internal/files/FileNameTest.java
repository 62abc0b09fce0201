package dev.exeunt.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "2026/05/a b.png", "..a", "a..b", "...", "Straße/ä.jpg", "100%.png", "a%20b.png"})
    void aNameIsTakenAsItIs(String value) {
        assertThat(FileName.of(value, "")).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "..",
                ".",
                "../a",
                "a/../../b",
                "a/..",
                "./a",
                "a//b",
                "a/",
                "..\\a",
                "a\\b",
                "C:\\a",
                "a\u0000.png",
                "a\n.png",
                "\u0085a",
                "%2e%2e/a",
                "%2E%2e/a",
                "a%2fb",
                "a%5Cb",
                "%252e%252e/a",
                "a%00.png",
                "\uD800a"
            })
    void whatCouldLeadOutOfAStoreIsRefused(String value) {
        assertThat(FileName.of(value, "")).isEmpty();
        assertThat(FileName.of("/uploads/" + value, "/uploads/")).isEmpty();
    }

    @Test
    void whatEachValueBeginsWithIsTakenOff() {
        assertThat(FileName.of("https://cdn.example/up/7/a.png", "https://cdn.example/up/"))
                .contains("7/a.png");
        assertThat(FileName.of("/uploads/a.png", "/uploads/")).contains("a.png");
        assertThat(FileName.of("/UPLOADS/a.png", "/uploads/")).isEmpty();
        assertThat(FileName.of("a.png", "/uploads/")).isEmpty();
        assertThat(FileName.of("/uploads//etc/passwd", "/uploads/")).isEmpty();
    }

    @Test
    void aNameHasAtMost1024Bytes() {
        assertThat(FileName.of("ä".repeat(512), "")).isPresent();
        assertThat(FileName.of("ä".repeat(512) + "a", "")).isEmpty();
    }
}

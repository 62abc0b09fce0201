package dev.exeunt.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.archive.Archives.Attachment;
import dev.exeunt.archive.Archives.ByteRange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests archive names, the file names of downloads and ranges of bytes. */
class ArchiveNamesTest {

    @Test
    void objectNamesAreRandomAndSafeInAUrl() {
        Set<String> names = new HashSet<>();
        SecureRandom random = new SecureRandom();
        for (int n = 0; n < 1000; n++) {
            names.add(ArchiveName.random(random).text());
        }
        assertThat(names).hasSize(1000).allSatisfy(name -> {
            assertThat(name).hasSize(40);
            assertThat(URLEncoder.encode(name, StandardCharsets.UTF_8)).isEqualTo(name);
            assertThat(new ArchiveName(name)).hasToString(name);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "/etc/passwd",
                "../../../../../../../../../etc/passwd////",
                "00112233445566778899aabbccddeeff0011223",
                "00112233445566778899aabbccddeeff001122334",
                "00112233445566778899AABBCCDDEEFF00112233",
                "00112233445566778899aabbccddeeff0011223/",
                "00112233445566778899aabbccddeeff00112233\n",
                "00112233445566778899aabbccddeeff00112233.part",
                "00112233445566778899aabbccddeef\u0000001122333",
                "٠0112233445566778899aabbccddeeff00112233"
            })
    void nothingElseIsAnObjectName(String text) {
        assertThat(ArchiveName.is(text)).isFalse();
        assertThatThrownBy(() -> new ArchiveName(text))
                .isInstanceOf(ExeuntException.class)
                .hasMessageNotContaining("etc");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    data-export-42-20260503.zip | attachment; filename="data-export-42-20260503.zip"
                    Jürgens Daten.zip           | attachment; filename="J_rgens Daten.zip"; filename*=UTF-8''J%C3%BCrgens%20Daten.zip
                    100%.zip                    | attachment; filename="100_.zip"; filename*=UTF-8''100%25.zip
                    a;b.zip                     | attachment; filename="a_b.zip"; filename*=UTF-8''a%3Bb.zip
                    ../../etc/passwd            | attachment; filename="__.._etc_passwd"
                    .bashrc                     | attachment; filename="_bashrc"
                    -rf.zip                     | attachment; filename="_rf.zip"
                    C:\\x".zip                  | attachment; filename="C__x_.zip"
                    😀.zip                      | attachment; filename="_.zip"; filename*=UTF-8''%F0%9F%98%80.zip
                    """)
    void aFileNameStaysOne(String name, String header) {
        assertThat(new Attachment(name, "application/zip").contentDisposition()).isEqualTo(header);
    }

    @Test
    void aFileNameIsNeverALineOfItsOwn() {
        Attachment attachment = new Attachment("a\r\nSet-Cookie: x=y\u2028\u202ecod.zip\u0000", "application/zip");
        assertThat(attachment.fileName()).isEqualTo("a__Set-Cookie_ x=y__cod.zip_");
        assertThat(attachment.toString()).doesNotContain("Cookie");
    }

    @Test
    void aFileNameIsNeitherEmptyNorEndless() {
        assertThat(new Attachment("", "application/zip").fileName()).isEqualTo("export");
        assertThat(new Attachment("  ", "application/zip").fileName()).isEqualTo("_");
        assertThat(new Attachment("x".repeat(5000) + ".zip", "application/zip").fileName())
                .hasSize(200)
                .endsWith("x.zip");
        assertThat(new Attachment("😀".repeat(500), "application/zip").contentDisposition())
                .doesNotContain("%3F");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zip", "application/zip\r\nX: y", "a/b; c", "a/b/c", "text/html, x"})
    void aMediaTypeIsOne(String type) {
        assertThatThrownBy(() -> new Attachment("x.zip", type)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/zip", "application/json; charset=utf-8", "application/json;charset=utf-8"})
    void mediaTypesAreTaken(String type) {
        assertThat(new Attachment("x", type).mediaType()).isEqualTo(type);
    }

    @Test
    void noRangeLeavesTheWhole() {
        assertThatThrownBy(() -> new ByteRange(-1, 1, 10_000, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteRange(0, -1, 10_000, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteRange(1, 10_000, 10_000, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteRange(Long.MAX_VALUE, Long.MAX_VALUE, 10_000, true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

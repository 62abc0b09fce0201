package dev.exeunt.internal.export.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestPicture;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTypeTest {

    @Test
    void picturesAreToldByTheirFirstBytes() {
        assertThat(PictureType.of(TestPicture.png(1, 1))).isEqualTo("image/png");
        assertThat(PictureType.of(TestPicture.jpeg(1, 1))).isEqualTo("image/jpeg");
        assertThat(PictureType.of(bytes("GIF89a\n"))).isEqualTo("image/gif");
        assertThat(PictureType.of(bytes("RIFF\n\0\0\0WEBP"))).isEqualTo("image/webp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GIF", " GIF89a", "RIFF0000WAVE", "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    void otherContentIsNone(String content) {
        assertThat(PictureType.of(bytes(content))).isNull();
        assertThat(PictureType.of(HexFormat.of().parseHex("ffd8"))).isNull();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

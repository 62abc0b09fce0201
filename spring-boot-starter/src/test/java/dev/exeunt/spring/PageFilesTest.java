package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the files of the page are sent small, and once only. */
class PageFilesTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("guild-platform");

    @AfterAll
    static void stop() {
        HOST.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/account/page", "/account/page.css", "/account/exeunt.js"})
    void aFileIsCompressedForBrowsersThatSaySo(String file) throws IOException {
        HttpAnswer plain = HOST.get(file, null);
        assertThat(plain.header("Content-Encoding")).isNull();
        for (String accepted : new String[] {"gzip", "br, GZIP , deflate"}) {
            HttpAnswer packed = HOST.send("GET", file, null, null, "Accept-Encoding", accepted);
            assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
            byte[] unpacked = new GZIPInputStream(
                            new ByteArrayInputStream(packed.response().body()))
                    .readAllBytes();
            assertThat(unpacked).isEqualTo(plain.response().body());
        }
        assertThat(HOST.send("GET", file, null, null, "Accept-Encoding", "gzip;q=0, br")
                        .header("Content-Encoding"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/account/page", "/account/page.css", "/account/exeunt.js"})
    void aFileThatTheBrowserHasIsNotSentAgain(String file) {
        HttpAnswer first = HOST.get(file, null);
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        HttpAnswer again = HOST.send("GET", file, null, null, "If-None-Match", first.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
        assertThat(HOST.send("GET", file, null, null, "If-None-Match", "\"another\"")
                        .status())
                .isEqualTo(200);
    }
}

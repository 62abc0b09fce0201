package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who gets which bytes of an export, whatever is asked for and whatever the data holds. */
class DownloadAccessTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("guild-platform");
    private static final String BIO = "</script><img src=x onerror=alert(1)>\r\nSet-Cookie: a=b\u202e=1+1|'\"";

    private static String token;
    private static String export;
    private static String link;
    private static byte[] whole;

    @BeforeAll
    static void anExport() {
        HOST.database().execute("UPDATE profiles SET bio = '" + BIO.replace("'", "''") + "' WHERE user_id = 1002");
        token = HOST.token("1002");
        export = HOST.post("/account/export", token, "{\"format\": \"json\"}").at("id");
        PollingLoop.until(() -> HOST.get("/account/export/" + export, token).at("state"), "ready"::equals);
        link = HOST.get("/account/export/" + export + "/download", token).header("Location");
        whole = HOST.get(link, null).response().body();
    }

    @AfterAll
    static void close() {
        HOST.close();
    }

    @Test
    void hostileValuesStayValues() {
        HttpAnswer answer = HOST.get(link, null);
        assertThat(answer.text()).contains("=1+1|");
        assertThat(answer.json().findValuesAsString("bio")).contains(BIO);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Content-Disposition")).startsWith("attachment;");
        assertThat(answer.header("Set-Cookie")).isNull();
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void aRangeIsThatPartOrAllOrNothing() {
        int size = whole.length;
        Map<String, byte[]> parts = Map.of(
                "bytes=0-0", Arrays.copyOf(whole, 1),
                "bytes=5-9", Arrays.copyOfRange(whole, 5, 10),
                "bytes=-7", Arrays.copyOfRange(whole, size - 7, size),
                "bytes=3-", Arrays.copyOfRange(whole, 3, size),
                "bytes=3-99999999999", Arrays.copyOfRange(whole, 3, size));
        parts.forEach((range, part) -> {
            HttpAnswer answer = HOST.send("GET", link, null, null, "Range", range);
            assertThat(answer.status()).as(range).isEqualTo(206);
            assertThat(answer.response().body()).as(range).isEqualTo(part);
        });
        for (String range : List.of("bytes=" + size + "-", "bytes=99999999999999999-", "bytes=-0")) {
            HttpAnswer answer = HOST.send("GET", link, null, null, "Range", range);
            assertThat(answer.problem()).as(range).isEqualTo("range");
            assertThat(answer.header("Content-Range")).isEqualTo("bytes */" + size);
        }
        for (String range : List.of(
                "bytes=9-5",
                "bytes=-",
                "bytes=--1",
                "bytes=a-b",
                "bytes=0-0,2-3",
                "lines=0-1",
                "bytes=0-" + "9".repeat(40))) {
            HttpAnswer answer = HOST.send("GET", link, null, null, "Range", range);
            assertThat(answer.status()).as(range).isIn(200, 206, 416);
            if (answer.status() != 416) {
                assertThat(whole).as(range).containsSequence(answer.response().body());
            }
        }
    }

    @Test
    void anotherPersonsExportIsNotFoundByAnyCall() {
        String other = HOST.token("1003");
        for (String id : List.of(export, export.toUpperCase(Locale.ROOT))) {
            assertThat(HOST.get("/account/export/" + id, other).status()).isEqualTo(404);
            assertThat(HOST.get("/account/export/" + id + "/download", other).status())
                    .isEqualTo(404);
            assertThat(HOST.send("DELETE", "/account/export/" + id, other, null).status())
                    .isEqualTo(404);
            for (String person : List.of("1002", "1003")) {
                String call = "/account/admin/" + person + "/export/" + id;
                assertThat(HOST.get(call, other).status()).as("no staff").isEqualTo(403);
                assertThat(HOST.get(call + "/download", HOST.admin("1008")).status())
                        .as("staff get those they have asked for")
                        .isEqualTo(404);
            }
        }
        assertThat(HOST.get("/account/export/" + export, token).at("state")).isEqualTo("ready");
    }
}

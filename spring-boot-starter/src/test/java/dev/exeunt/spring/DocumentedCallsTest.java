package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/** Every call of {@code curl} on our pages is carried out, each by somebody of their own, and gets the status that is promised. */
class DocumentedCallsTest {

    private static final SpringTestApplication HOST =
            SpringTestApplication.of(resource("/dev/exeunt/spring/documented").toString());
    private static final List<Path> PAGES = List.of(
            Path.of("../docs/reference/http.md"),
            Path.of("../docs/guides/any-language.md"),
            Path.of("../docs/guides/archives.md"),
            Path.of("../README.md"));

    private static final Pattern CONSOLE =
            Pattern.compile("^```console\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    /** A command, which may go on after a backslash, and what it prints. */
    private static final Pattern COMMAND =
            Pattern.compile("^\\$ ((?:.*\\\\\\n)*.*)\\n((?:(?!\\$ ).*\\n)*)", Pattern.MULTILINE);

    private static final AtomicInteger PEOPLE = new AtomicInteger(50);

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static Path resource(String name) {
        try {
            return Path.of(DocumentedCallsTest.class.getResource(name).toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Holds a documented curl command and its printed output. */
    private record CurlExample(CurlCommand curl, String printed) {}

    private static List<CurlExample> examples(Path page) {
        try {
            List<CurlExample> examples = new ArrayList<>();
            Matcher console = CONSOLE.matcher(Files.readString(page));
            while (console.find()) {
                Matcher command = COMMAND.matcher(console.group(1));
                while (command.find()) {
                    if (command.group(1).startsWith("curl")) {
                        String line = command.group(1).replaceAll("\\\\\\n\\s*", "");
                        examples.add(new CurlExample(
                                CurlCommand.parse(line), command.group(2).strip()));
                    }
                }
            }
            return examples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExampleDoesWhatItSays() {
        List<CurlExample> all =
                PAGES.stream().flatMap(p -> examples(p).stream()).toList();
        assertThat(all).hasSizeGreaterThan(10);
        return all.stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.curl().method() + " " + e.curl().url(), () -> carryOut(e)));
    }

    @Test
    void anOptionThatNobodyKnowsIsNotPassedOver() {
        assertThatThrownBy(() -> CurlCommand.parse("curl --compressed $HOST/account"))
                .hasMessageContaining("--compressed");
        assertThatThrownBy(() -> CurlCommand.parse("curl -OJ $HOST/account/data"))
                .hasMessageContaining("-f");
        assertThatThrownBy(() -> CurlCommand.parse("curl -H 'a: b'\"c\" $HOST")).hasMessageContaining("quoting");
        assertThatThrownBy(() -> CurlCommand.parse("curl $HOST/$NOBODY").with(Map.of("$HOST", "")))
                .hasMessageContaining("$NOBODY");
    }

    private static void carryOut(CurlExample example) throws Exception {
        String person =
                example.curl().method().equals("POST") && example.curl().url().endsWith("/deletion")
                        ? "1" // the address stands in the example
                        : String.valueOf(PEOPLE.incrementAndGet());
        Map<String, String> variables = new HashMap<>();
        variables.put("$HOST", "");
        variables.put("$TOKEN", HOST.fresh(person));
        variables.put("$CREDENTIAL", SpringTestApplication.SERVICE);
        try (AutoCloseable held = situation(example.curl(), person, variables)) {
            CurlCommand curl = example.curl().with(variables);
            HttpAnswer answer = send(curl);
            if (curl.promised() == null) {
                assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
            } else {
                assertThat(answer.status()).as(answer.text()).isEqualTo(curl.promised());
            }
            if (!example.printed().isEmpty()) {
                assertThat(answer.json()).isEqualTo(JsonMapper.shared().readTree(example.printed()));
            }
            saved(curl, answer);
        }
    }

    private static HttpAnswer send(CurlCommand curl) {
        byte[] body = curl.body() == null ? new byte[0] : curl.body().getBytes(StandardCharsets.UTF_8);
        return HOST.raw(curl.method(), curl.url(), body, curl.headers());
    }

    /** What curl would do with the answer. */
    private static void saved(CurlCommand curl, HttpAnswer answer) {
        HttpAnswer last = answer;
        if (answer.status() == 302) {
            assertThat(curl.follows()).as("-L").isTrue();
            last = HOST.get(answer.header("Location"), null);
            assertThat(last.status()).isEqualTo(200);
        }
        if (curl.saves() && curl.named()) {
            assertThat(last.header("Content-Disposition")).contains("filename=");
        }
    }

    /** What the example presumes about whoever calls, and what holds it up until it was carried out. */
    private static AutoCloseable situation(CurlCommand curl, String person, Map<String, String> variables) {
        String token = variables.get("$TOKEN");
        AutoCloseable nothing = () -> {};
        if (curl.url().contains("$ID")) {
            AutoCloseable held = curl.method().equals("DELETE") ? workHeld() : nothing;
            String self = HOST.post("/account/export", token, "{}").header("Location");
            variables.put("$ID", self.substring(self.lastIndexOf('/') + 1));
            if (!curl.method().equals("DELETE")) {
                PollingLoop.until(() -> HOST.get(self, token), a -> "ready".equals(a.at("state")));
            }
            return held;
        } else if (curl.body() != null && curl.body().contains("acknowledge")) {
            variables.put("1f0c…", digest(token));
        } else if (curl.url().endsWith("/cancellation")) {
            String body =
                    "{\"confirm\": \"person-" + person + "@example.org\", \"acknowledge\": \"" + digest(token) + "\"}";
            assertThat(HOST.post("/account/deletion", token, body).status()).isEqualTo(202);
        } else if (curl.url().contains("/gate/42")) {
            assertThat(HOST.post("/account/deactivation", HOST.fresh("42"), "{}")
                            .status())
                    .isEqualTo(202);
        }
        return nothing;
    }

    private static String digest(String token) {
        return HOST.get("/account/preview?flow=delete-account", token).at("digest");
    }

    /** No export is finished as long as this is open. */
    private static AutoCloseable workHeld() {
        try {
            Connection holding = HOST.database().connection();
            Statement statement = holding.createStatement();
            statement.execute("BEGIN");
            statement.execute("LOCK TABLE letter IN ACCESS EXCLUSIVE MODE");
            return holding;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.testkit.TestSkip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests that each link and curl command that the demo prints works. */
class DemoHttpServerTest {

    private static final Path SERVER = Path.of("..", "server", "target", "serve");
    private static final Pattern LINK = Pattern.compile("(http://\\S+)/account/enter\\?token=\\S+");
    private static final Pattern CURL = Pattern.compile(" {2}curl .*");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final HttpClient browser = HttpClient.newHttpClient();
    private final List<String> seen = new ArrayList<>();

    private String demo(InputStream in, String... more) throws IOException {
        boolean built = Files.isRegularFile(SERVER.resolve("exeunt-server.jar"));
        TestSkip.unless(built, "the server is not built: it is in a whole build");
        System.setProperty("exeunt.serve", SERVER.toAbsolutePath().normalize() + "/*");
        List<String> args = new ArrayList<>(List.of("demo"));
        args.addAll(List.of(more));
        try (PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            int code = Main.run(args.toArray(String[]::new), Terminal.of(in, printed, printed, Map.of()));
            assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
        } finally {
            System.clearProperty("exeunt.serve");
        }
        String printed = out.toString(StandardCharsets.UTF_8);
        DemoTest.remove(DemoTest.directory(printed));
        return printed;
    }

    @Test
    void whatItPrintsCanBeTried() throws IOException {
        demo(new DemoVisitor(), "--keep-running");
        assertThat(seen)
                .containsExactly(
                        "302 /account/page",
                        "302 /account/page",
                        "302 /account/page",
                        "200",
                        "202",
                        "200",
                        "200",
                        "check 0");
    }

    @Test
    void whereNobodySitsItShowsNoLinksThatAreDeadAndSaysHowToKeepIt() throws IOException {
        assertThat(demo(InputStream.nullInputStream()))
                .contains("./exeunt demo --keep-running")
                .doesNotContain("/account/enter?token=")
                .doesNotContain("still there");
    }

    /** Tries the printed links and commands, and then presses Enter. */
    private final class DemoVisitor extends InputStream {

        private boolean asked;

        @Override
        public int read() {
            if (!asked) {
                asked = true;
                visit(out.toString(StandardCharsets.UTF_8));
            }
            return -1;
        }
    }

    private void visit(String printed) {
        Matcher link = LINK.matcher(printed);
        while (link.find()) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(link.group())));
            seen.add(answer.statusCode() + " "
                    + answer.headers().firstValue("Location").orElse("nowhere"));
        }
        String host = found(printed, "HOST=(\\S+)");
        String token = found(printed, "TOKEN=(\\S+)");
        CURL.matcher(printed).results().forEach(curl -> {
            String path = found(curl.group(), "\\$HOST([^\"\\s]*)");
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(host + path)).header("Authorization", "Bearer " + token);
            if (curl.group().contains("-X POST")) {
                request.POST(HttpRequest.BodyPublishers.noBody());
            }
            seen.add("" + send(request).statusCode());
        });
        seen.add("check " + check(found(printed, "another terminal:\\s+export ([^\\n]+)")));
    }

    /** @param export the variables as they are printed, which have to be all that a command needs */
    private static int check(String export) {
        Map<String, String> env = new HashMap<>();
        for (String variable : export.split(" ")) {
            String[] parts = variable.split("=", 2);
            env.put(parts[0], parts[1]);
        }
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream())) {
            return Main.run(new String[] {"check"}, Terminal.of(InputStream.nullInputStream(), nowhere, nowhere, env));
        }
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package dev.exeunt.app.demo;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.terminal.ReportPage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs exeunt serve for the demo and prints links and commands to try it. Stops when it is closed. */
final class DemoHttpServer implements AutoCloseable {

    static final String SAMPLE = "guild-platform";
    static final String DATABASE = "guilds";

    private static final Map<String, String> PEOPLE = people();
    private static final Pattern ADDRESS = Pattern.compile("Exeunt serves at (http://[^\\s\"]+)");
    private static final long START_SECONDS = 90;
    private static final long STOP_SECONDS = 40;
    private static final String SETTINGS = """
            # Settings of the server that ./exeunt demo started. Secrets and the database came from the environment.
            exeunt:
              map: "%s"
              archive: { directory: "%s" }
            """;

    private final Process process;
    private final String address;
    private final String tokens;
    private final String links;

    private DemoHttpServer(Process process, String address, String tokens, String links) {
        this.process = process;
        this.address = address;
        this.tokens = tokens;
        this.links = links;
    }

    private static Map<String, String> people() {
        Map<String, String> people = new LinkedHashMap<>();
        people.put("1001", "Anna, who has rows in every table; her handle is anna");
        people.put("1002", "Bruno, who leads a guild with her; his handle is bruno");
        people.put("1003", "Chiara, who leads two guilds alone, and is warned of that; her handle is chiara");
        return people;
    }

    /**
     * Holds the class path, database URL, map and directory of the demo's server.
     *
     * @param classes the server's class path
     */
    record DemoServerSettings(String classes, String url, Path map, DemoDirectory directory) {}

    /** Starts the server and waits for its address. @throws ExeuntException where it does not start */
    static DemoHttpServer start(DemoServerSettings place) {
        String tokens = DemoToken.secret();
        String links = DemoToken.secret();
        Path directory = place.directory().path().toAbsolutePath();
        Path settings = place.directory()
                .write(
                        "exeunt-server.yaml",
                        SETTINGS.formatted(place.map().toAbsolutePath(), directory.resolve("exports")))
                .toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                place.classes(),
                "dev.exeunt.server.ServerMain",
                "--config",
                settings.toString(),
                "--port",
                "0");
        Map<String, String> env = builder.environment();
        env.keySet().removeIf(name -> name.startsWith("EXEUNT_") || name.startsWith("SPRING_"));
        env.put("EXEUNT_DB", place.url());
        env.put("EXEUNT_DB_USER", DemoPostgres.USER);
        env.put("EXEUNT_DB_PASSWORD", "");
        env.put("EXEUNT_KEY", DemoToken.secret());
        env.put("EXEUNT_JWT_SECRET", tokens);
        env.put("EXEUNT_HANDOFF_SECRET", links);
        try {
            Process process = builder.redirectErrorStream(true).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return new DemoHttpServer(process, address(process, directory.resolve("serve.log")), tokens, links);
        } catch (IOException e) {
            throw new ExeuntException("The demo's server could not be started.", e);
        }
    }

    /** Returns the address that the server prints. A thread copies all its output to a log file. */
    private static String address(Process process, Path log) {
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, log, address), "exeunt-demo-server");
        reader.setDaemon(true);
        reader.start();
        try {
            return address.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new ExeuntException("The demo's server did not start. What it said is in " + log + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new ExeuntException("The demo was stopped.", e);
        }
    }

    private static void read(Process process, Path log, CompletableFuture<String> address) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                PrintStream file = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.println(line);
                Matcher told = ADDRESS.matcher(line);
                if (told.find()) {
                    address.complete(told.group(1));
                }
            }
        } catch (IOException e) {
            // the server has ended, or its log cannot be written: the finally block reports either
        } finally {
            address.completeExceptionally(new IllegalStateException("the server ended"));
        }
    }

    void tell(ReportPage page) {
        page.line("It serves at " + address + ".");
        links(page);
        page.blank();
        page.line("Or as a program, for an hour:");
        page.line("  export HOST=" + address + " TOKEN=" + DemoToken.of(tokens, "1001", "", Duration.ofHours(1)));
        String curl = "curl -H \"Authorization: Bearer $TOKEN\" ";
        page.line("  " + curl + "$HOST/account");
        page.line("  " + curl + "-X POST $HOST/account/export");
        page.line("  " + curl + "$HOST/account/export");
        page.line("  " + curl + "\"$HOST/account/preview?flow=deactivate\"");
    }

    /** Prints a sign-in link for each sample person, as an application makes it for a person who has signed in. */
    void links(ReportPage page) {
        page.blank();
        page.line("Open one of these in a browser, within five minutes, each once; you are then signed in as");
        PEOPLE.forEach((key, who) -> {
            page.line("- " + who + ":");
            page.line("  " + address + "/account/enter?token="
                    + DemoToken.of(links, key, "exeunt-enter", Duration.ofMinutes(5)));
        });
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}

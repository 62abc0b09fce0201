package dev.exeunt.app.demo;

import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.app.terminal.UserInterrupt;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the demo step by step with the program's own commands. */
public final class DemoWalkthrough {

    private static final String DATABASE = "catchlog";
    private static final String MAP = "exeunt.yaml";
    private static final String PHOTOS = "photos";
    private static final String KEY = "8d8685d5-b9fb-a13a-c65f-751077267bbc";
    private static final String LEAVER = "username:angler-0042";
    private static final String FORMER =
            "SELECT email, username, display_name, phone FROM profiles WHERE username = 'angler-0042'";
    private static final int SHOWN = 25;
    private static final String QUESTION =
            "Press Enter to stop and to remove the data, or type anything and press Enter for new links. ";

    /** Names the system property that holds the class path of the server, where the server is built. */
    static final String CLASSES = "exeunt.serve";

    private static final Set<Integer> SUCCESS = Set.of(0);
    private static final Set<Integer> FINDINGS = Set.of(0, 1);

    private final Terminal terminal;
    private final ReportPage page;
    private final UserInterrupt interruption;
    private final CommandRunner commands;
    private int step;

    /** Holds the exit code and output lines of a command that the demo ran. */
    private record CapturedOutput(int code, List<String> lines) {}

    /** Runs a command of the program and returns its exit code. */
    @FunctionalInterface
    public interface CommandRunner {
        int run(Terminal terminal, String... args);
    }

    public DemoWalkthrough(Terminal terminal, ReportPage page, UserInterrupt interruption, CommandRunner commands) {
        this.terminal = terminal;
        this.page = page;
        this.interruption = interruption;
        this.commands = commands;
    }

    /** Runs all steps. Returns whether every command ended as it should. */
    public boolean tell(boolean keepRunning) {
        DemoSample sample = DemoSample.find("catch-log");
        page.line("Starting a PostgreSQL of the demo's own, with the data of a sample application: anglers and their"
                + " catches, 300 people.");
        long start = System.nanoTime();
        try (DemoPostgres server = DemoPostgres.start()) {
            server.load(DATABASE, sample.scripts());
            DemoDirectory directory = DemoDirectory.create();
            page.line("It listens at " + server.url(DATABASE) + " (" + seconds(start) + " s).");
            boolean told = new DemoStory(server, directory, sample).tell();
            if (!told) {
                interruption.check();
                page.line("The demo stopped here: this command did not end as it should.");
                return false;
            }
            serve(server, directory, keepRunning || terminal.isInteractive());
            farewell(directory);
            return true;
        }
    }

    /** Shows the calls over HTTP, on a sample whose map offers a grace period. */
    private void serve(DemoPostgres server, DemoDirectory directory, boolean wait) {
        String classes = System.getProperty(CLASSES);
        if (classes == null) {
            return; // started from the program alone, which has no server in it
        }
        title("The same over HTTP, beside an application in any language: guilds and their members");
        DemoSample guilds = DemoSample.find(DemoHttpServer.SAMPLE);
        server.load(DemoHttpServer.DATABASE, guilds.scripts());
        DemoHttpServer.DemoServerSettings place = new DemoHttpServer.DemoServerSettings(
                classes, server.url(DemoHttpServer.DATABASE), guilds.path("exeunt.yaml"), directory);
        try (DemoHttpServer serving = DemoHttpServer.start(place)) {
            if (!wait) {
                page.line("It started, and stops at once, since input or output is no terminal. To try it in a browser:"
                        + " ./exeunt demo --keep-running");
                return;
            }
            serving.tell(page);
            page.blank();
            page.line("The first database is still there as well, for commands in another terminal:");
            page.line("  " + environment(server, directory.path().toAbsolutePath() + "/" + MAP));
            page.line("  ./exeunt check");
            waitForEnter(serving);
        }
    }

    /** Returns the shell line that points a command at the demo's database and map. */
    private static String environment(DemoPostgres server, String map) {
        Path photos = Path.of(map).toAbsolutePath().resolveSibling(PHOTOS);
        return "export EXEUNT_DB=" + server.url(DATABASE) + " EXEUNT_DB_USER=" + DemoPostgres.USER + " EXEUNT_MAP="
                + map + " EXEUNT_STORES_PHOTOS=" + photos;
    }

    private void waitForEnter(DemoHttpServer serving) {
        interruption.idle(true);
        String typed = terminal.ask(QUESTION);
        while (typed != null && !typed.isBlank()) {
            serving.links(page);
            typed = terminal.ask(QUESTION);
        }
        interruption.idle(false);
    }

    private void farewell(DemoDirectory directory) {
        page.blank();
        page.line(page.style()
                .bold("What stays of this demo is in " + directory.path().toAbsolutePath() + ":"));
        page.line(
                "  the drafted map, the finished map, the export, the receipt, the former values, what is left of the photos.");
        page.line("Database and server stop now, and their data goes.");
        page.blank();
        page.line(page.style().bold("On a database of your own:"));
        page.line(
                "  export EXEUNT_DB=jdbc:postgresql://localhost:5432/NAME EXEUNT_DB_USER=ROLE EXEUNT_DB_PASSWORD=...");
        page.line("  ./exeunt init --subject users     # reads catalogue and sampled rows, changes nothing");
        page.line("  ./exeunt check                    # what the map still lacks");
        page.line("  ./exeunt plan KEY                 # what would happen to a person; writes nothing");
    }

    private static long seconds(long start) {
        return Math.round((System.nanoTime() - start) / 1e9);
    }

    /** Runs the command-line part of the demo once, from draft to verification. */
    private final class DemoStory {

        private final DemoPostgres server;
        private final DemoDirectory directory;
        private final String draft;
        private final String map;
        private final String here;
        private final Terminal configured;

        DemoStory(DemoPostgres server, DemoDirectory directory, DemoSample sample) {
            this.server = server;
            this.directory = directory;
            this.here = directory.path().toString();
            this.draft = here + "/draft.yaml";
            this.map = directory.write(MAP, sample.map()).toString();
            Map<String, String> env = new HashMap<>(terminal.env());
            env.put("EXEUNT_DB", server.url(DATABASE));
            env.put("EXEUNT_DB_USER", DemoPostgres.USER);
            env.put("EXEUNT_DB_PASSWORD", "");
            env.put("EXEUNT_MAP", map);
            env.put(
                    "EXEUNT_STORES_PHOTOS",
                    sample.copyFolder(PHOTOS, directory.path()).toString());
            this.configured = terminal.withEnv(env);
        }

        boolean tell() {
            page.blank();
            page.line("$ " + environment(server, map));
            return drafted() && checked() && planned() && erased();
        }

        private boolean drafted() {
            title("A first map, drafted from the database alone");
            boolean ran = run(SUCCESS, "init", "--subject", "profiles", "-o", draft);
            if (ran) {
                page.blank();
                page.line("It begins:");
                head(read(draft));
            }
            return ran;
        }

        private boolean checked() {
            title("The draft, proven against the database. What a person must decide is an error until they do");
            boolean found = runHead(FINDINGS, "check", "--map", draft);
            title("The map as the people of the sample finished it");
            return found && run(SUCCESS, "check") && forgotten();
        }

        /** Checks the same map after the application got a table that the map does not mention. */
        private boolean forgotten() {
            title("A migration adds a table that the map does not mention: check fails");
            server.migrate(
                    DATABASE,
                    "CREATE TABLE badges (id int PRIMARY KEY, awarded_to uuid NOT NULL REFERENCES profiles,"
                            + " awarded_by uuid REFERENCES profiles, note text)");
            boolean refused = run(Set.of(1), "check");
            server.migrate(DATABASE, "DROP TABLE badges");
            return refused;
        }

        private boolean planned() {
            title("An angler leaves. What would happen");
            return run(SUCCESS, "plan", LEAVER);
        }

        private boolean erased() {
            title("What they may take along");
            boolean done = run(SUCCESS, "export", LEAVER, "-o", here);
            String former = String.join("\n", server.row(DATABASE, FORMER)) + "\n";
            title("The erasure. It shows the plan once more, and asks for the key to be typed");
            done = done && runFrom("There is no undo", "erase", LEAVER, "--receipt", here);
            return done && verified(former);
        }

        private boolean verified(String former) {
            directory.write("former-values.txt", former);
            title(
                    "Is anything left? Former e-mail address, user name, name and phone number are looked for everywhere");
            boolean left = run(Set.of(1), "verify", KEY, "--values", here + "/former-values.txt");
            page.blank();
            page.line(
                    "What the map keeps, it keeps for the reasons given. One thing is left besides: in a comment another"
                            + " person calls them by their old name.");
            page.line(
                    "That comment belongs to the other person, so no link reaches it. You decide what becomes of it.");
            return left;
        }

        private boolean run(Set<Integer> expected, String... args) {
            typed(args);
            return expected.contains(commands.run(configured, args));
        }

        /** Runs a command and prints its first lines and its last, the verdict. */
        private boolean runHead(Set<Integer> expected, String... args) {
            typed(args);
            CapturedOutput captured = capture(configured, args);
            head(captured.lines());
            if (captured.lines().size() > SHOWN) {
                page.printed(captured.lines().get(captured.lines().size() - 1));
            }
            return expected.contains(captured.code());
        }

        /** Runs a command, answers its question with the key, and prints its output from the given line on. */
        private boolean runFrom(String beginning, String... args) {
            typed(args);
            CapturedOutput captured = capture(configured.answering(LEAVER), args);
            page.aside("", "(the plan, as above)");
            captured.lines().stream().dropWhile(l -> !l.startsWith(beginning)).forEach(page::printed);
            return SUCCESS.contains(captured.code());
        }

        private CapturedOutput capture(Terminal as, String... args) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
            int code = commands.run(as.withOut(out), args);
            return new CapturedOutput(
                    code, bytes.toString(StandardCharsets.UTF_8).lines().toList());
        }

        private void head(List<String> lines) {
            lines.stream().limit(SHOWN).forEach(l -> page.printed("  " + l));
            if (lines.size() > SHOWN) {
                page.aside("  ", "... " + (lines.size() - SHOWN) + " lines more");
            }
        }

        private List<String> read(String file) {
            try {
                return java.nio.file.Files.readAllLines(java.nio.file.Path.of(file));
            } catch (java.io.IOException e) {
                return List.of();
            }
        }
    }

    private void title(String text) {
        interruption.check();
        step++;
        page.blank();
        page.line(page.style().bold(step + ". " + text));
    }

    private void typed(String... args) {
        page.line(page.style().cyan("$ exeunt " + Arrays.stream(args).collect(Collectors.joining(" "))));
        page.blank();
    }
}

package dev.exeunt.app.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.app.terminal.UserInterrupt;
import dev.exeunt.database.Database;
import dev.exeunt.map.Finding;
import dev.exeunt.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the questions of exeunt init --interactive, and what their answers write into the map. */
class MapQuestionnaireTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
            CREATE TABLE papers (id bigint PRIMARY KEY, author_id bigint UNIQUE REFERENCES users, title text NOT NULL);
            CREATE TABLE votes (id bigint PRIMARY KEY, user_id bigint NOT NULL UNIQUE REFERENCES users);
            CREATE TABLE notes (id bigint PRIMARY KEY, paper_id bigint NOT NULL UNIQUE REFERENCES papers, body text);
            INSERT INTO papers SELECT i, NULL, 'Paper ' || i FROM generate_series(1, 500) i;
            ANALYZE papers;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id, identifiers: [email] }
            tables:
              users: { erase: delete }
              votes:
                subject: user_id
                # TO DECIDE: Are votes counted
                # for ever?
                erase: undecided
              papers: { subject: author_id, erase: undecided }    # several people may have written one
            not-personal:
              notes: of the editors
            """;

    @TempDir
    private Path directory;

    private TestDatabase database;
    private Path file;
    private String printed;
    private Exeunt exeunt;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.createFrom(SCHEMA);
        exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .build();
        file = Files.writeString(directory.resolve("exeunt.yaml"), MAP);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private int ask(String... lines) {
        Deque<String> typed = new ArrayDeque<>(Arrays.asList(lines));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.of(InputStream.nullInputStream(), stream, stream, Map.of());
        int open = new MapQuestionnaire(
                        exeunt,
                        new MapFile(file),
                        new CommandContext(terminal, new UserInterrupt()),
                        new ReportPage(stream, terminal.style(true), 0),
                        prompt -> typed.poll())
                .ask();
        printed = out.toString(StandardCharsets.UTF_8);
        return open;
    }

    private String map() throws IOException {
        return Files.readString(file);
    }

    @Test
    void answersMakeAMapThatHolds() throws IOException {
        int open = ask("2", "1");

        assertThat(open).as(printed).isZero();
        assertThat(printed)
                .contains("papers.link")
                .contains("about 500 rows")
                .contains("Are votes counted", "for ever?");
        assertThat(printed.indexOf("papers.link")).isLessThan(printed.indexOf("votes.link"));
        assertThat(map())
                .contains("papers: { subject: author_id, erase: { detach: true, retain: [title] } }    # several")
                .contains("# Decided. Asked was: Are votes counted\n    # for ever?\n    erase: delete\n");
        assertThat(exeunt.check(Exeunt.readMap(map(), "exeunt.yaml")).errors()).isEmpty();
    }

    @Test
    void whatIsLeftOpenStaysAsItIs() throws IOException {
        assertThat(ask("", "")).isEqualTo(2);
        assertThat(map()).isEqualTo(MAP);
        assertThat(ask("q")).isEqualTo(2);
        assertThat(ask()).isEqualTo(2);
        assertThat(map()).isEqualTo(MAP);
    }

    @Test
    void aNumberThatIsNotOfferedIsAskedAgain() throws IOException {
        assertThat(ask("9", "0", "delete", "1", "q")).isEqualTo(1);
        assertThat(printed).contains("That is not a number from 1 to ");
        assertThat(map()).contains("papers: { subject: author_id, erase: delete }");
    }

    @Test
    void aNumberMayHaveAFullStopAndQStopsAtEachPrompt() throws IOException {
        assertThat(ask("1.", "2", "Q")).isEqualTo(1);
        assertThat(map())
                .contains("papers: { subject: author_id, erase: delete }")
                .contains("erase: undecided");
        assertThat(printed).contains("question 1 of 2").contains("question 2 of 2");
    }

    /** A column that holds keys of several kinds has to be narrowed in the file first. */
    @Test
    void aQuestionWithoutAnAnswerThatFitsSaysWhatToDo() throws IOException {
        database.execute(
                "CREATE TABLE fans (id bigint PRIMARY KEY, owner_id bigint NOT NULL, owner_type text NOT NULL)");
        String fans = "  fans: { subject: owner_id, erase: undecided }\n";
        Files.writeString(file, MAP.replace("not-personal:\n", fans + "not-personal:\n"));

        assertThat(ask("", "", "1", "")).isEqualTo(3);
        assertThat(printed)
                .contains("fans.link")
                .contains("No answer fits yet. First narrow the link in the file: exeunt check says how.")
                .contains("Enter goes on to the next question.");
        assertThat(map()).contains(fans);
    }

    @Test
    void keepingWantsAReasonThatStandsInTheMapAsItWasTyped() throws IOException {
        Files.writeString(
                file, MAP.replace("users: { erase: delete }", "users: { erase: { anonymize: { email: null } } }"));
        ask("4", "the library, {room 3}: \"law\" # says so", "q");

        assertThat(printed)
                .contains("2  anonymize: The rows stay. Overwritten: title.")
                .contains("4  keep: The rows stay, with the person's key");
        assertThat(map()).contains("keep: \"the library, {room 3}: 'law' # says so\", retain: [title]");
        assertThat(exeunt.check(Exeunt.readMap(map(), "exeunt.yaml")).errors())
                .extracting(Finding::what)
                .containsExactly("votes.link");
    }

    /** A link that may not be NULL cannot let go; nothing is offered that check would refuse. */
    @Test
    void onlyAnswersThatHoldAreOffered() {
        ask("", "q");
        String votes = printed.substring(printed.indexOf("votes.link"));

        assertThat(votes).contains("1  delete").doesNotContain("detach").doesNotContain("anonymize");
        assertThat(printed.substring(0, printed.indexOf("votes.link")))
                .contains("detach: The rows stay for others")
                .contains("rows of notes refer to them");
    }

    /** A draft keeps rows below those in question until the answer; check asks about them then, and the command says so. */
    @Test
    void whatFollowsAQuestionIsNotForgotten() throws IOException {
        String notes =
                "  notes: { through: papers, on: paper_id, erase: { keep: \"follows papers, to be decided\", retain: [body] } }\n";
        Files.writeString(file, MAP.replace("not-personal:\n  notes: of the editors\n", notes));
        int left = ask("2", "1");

        assertThat(left).as(printed).isEqualTo(1);
        assertThat(printed)
                .contains("2 questions answered, 0 still open")
                .contains("1 link below waits for what follows from the answers. Next: exeunt check");
    }

    /** The place of a question counts characters, of which some take two in a string. */
    @Test
    void anAnswerStandsInItsPlaceBehindAnyCharacter() throws IOException {
        Files.writeString(
                file,
                MAP.replace(
                        "papers: { subject: author_id,",
                        "papers: { where: \"title <> '\ud83d\udcdc'\", subject: author_id,"));
        ask("1", "q");

        assertThat(map()).contains("'\ud83d\udcdc'\", subject: author_id, erase: delete }");
    }
}

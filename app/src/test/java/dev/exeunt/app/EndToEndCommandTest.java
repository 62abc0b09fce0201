package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.app.terminal.UserInterrupt;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the commands from the first draft to the verified erasure. */
class EndToEndCommandTest {

    private TestDatabase database;
    private ProgramRunner program;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() {
        database = CatchLogSample.database();
        program = ProgramRunner.on(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aPersonIsExportedErasedAndNotToBeFoundAgain() throws IOException {
        List<String> personal = CatchLogSample.personal(database);
        List<ProgramRunner.ProgramResult> runs = new ArrayList<>();
        String email = database.scalar("select email from profiles where username = 'angler-0042'");

        runs.add(program.run("init", "--subject", "profiles", "-o", in("draft.yaml")));
        runs.add(program.run("check"));
        runs.add(program.run("plan", "username:angler-0042"));
        runs.add(program.run("export", CatchLogSample.LEAVER, "-o", in("mine"), "--as", "zip"));
        runs.add(program.typing("email:" + email + "\n")
                .run("erase", "email:" + email, "--receipt", in("receipt.json")));
        Files.writeString(directory.resolve("former.txt"), email + "\n");
        runs.add(program.run("verify", CatchLogSample.LEAVER, "--values", in("former.txt")));

        assertThat(runs).allSatisfy(run -> {
            assertThat(run.code()).as(run.all()).isZero();
            assertThat(run.all()).doesNotContain("\u001b");
            personal.forEach(value -> assertThat(run.err()).doesNotContain(value));
        });
        assertThat(Files.readString(directory.resolve("draft.yaml"))).contains("table: profiles");
        assertThat(Files.readAllBytes(directory.resolve("mine"))).startsWith('P', 'K');
        assertThat(runs.get(2).out()).contains("Nothing was written.").contains("moderation evidence");
        assertThat(runs.get(4).out()).contains("There is no undo").contains("backups");
        assertThat(runs.get(5).out()).contains("Nothing is left in the tables but what the map keeps.");
        assertThat(database.scalar("select display_name from profiles where id = md5('profile-42')::uuid"))
                .isEqualTo("Deleted user");
    }

    @Test
    void aPlanWritesNothingAndIsOneJsonDocument() {
        var before = database.snapshot();
        JsonNode plan = program.run("plan", CatchLogSample.LEAVER, "--format", "json", "--sql")
                .json();

        assertThat(plan.get("subjects").asInt()).isEqualTo(1);
        assertThat(plan.get("steps").size()).isPositive();
        assertThat(plan.get("statements").size()).isPositive();
        assertThat(plan.get("kept").findValuesAsString("basis")).contains("legal-claims");
        assertThat(database.snapshot()).isEqualTo(before);
    }

    @Test
    void anExportGoesToStandardOutputAloneAndWhole() {
        ProgramRunner.ProgramResult run = program.run("export", CatchLogSample.LEAVER, "-o", "-", "--as", "json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().size()).isPositive();
        assertThat(run.err()).contains("standard output").contains("comments");
        CatchLogSample.personal(database).forEach(value -> assertThat(run.err()).doesNotContain(value));
    }

    @Test
    void anExportOfSomeSectionsHoldsTheseAloneAndAnUnknownNameIsRefused() throws IOException {
        ProgramRunner.ProgramResult run = program.run(
                "export",
                CatchLogSample.LEAVER,
                "-o",
                "-",
                "--as",
                "json",
                "--section",
                "ratings",
                "--section",
                "profile");
        ProgramRunner.ProgramResult unknown =
                program.run("export", CatchLogSample.LEAVER, "-o", in("some.json"), "--section", "rating");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().propertyNames())
                .containsExactly("schema", "generated", "exeunt:asked", "profile", "ratings");
        assertThat(unknown.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(unknown.err()).contains("no section rating. Did you mean ratings? Valid: profile, ");
        assertThat(directory.resolve("some.json")).doesNotExist();
    }

    @Test
    void anExportDoesNotOverwriteAFile() throws IOException {
        Files.writeString(directory.resolve("mine.zip"), "precious");
        ProgramRunner.ProgramResult run = program.run("export", CatchLogSample.LEAVER, "-o", in("mine.zip"));

        assertThat(run.code()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(directory.resolve("mine.zip")).hasContent("precious");
    }

    @Test
    void anotherKeyOrNoneConfirmsNothing() {
        var before = database.snapshot();
        ProgramRunner.ProgramResult wrong =
                program.typing("42\n").run("erase", CatchLogSample.LEAVER, "--receipt", directory.toString());
        ProgramRunner.ProgramResult none =
                program.run("erase", CatchLogSample.LEAVER, "--receipt", directory.toString());

        for (ProgramRunner.ProgramResult run : List.of(wrong, none)) {
            assertThat(run.code()).isEqualTo(ExitCode.REFUSED.code());
            assertThat(run.err()).contains("Nothing was changed.");
        }
        assertThat(database.snapshot()).isEqualTo(before);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void severalPeopleAreConfirmedByTheirNumber() {
        ProgramRunner.ProgramResult run = program.typing("erase 2 people\n")
                .run("erase", CatchLogSample.LEAVER, "username:angler-0041", "--receipt", directory.toString());

        assertThat(run.code()).as(run.all()).isZero();
        assertThat(run.out()).contains("Erased 2 people");
        assertThat(database.scalar("select count(*) from profiles where is_deleted and display_name = 'Deleted user'"
                        + " and deleted_at > now() - interval '1 hour'"))
                .isEqualTo("2");
    }

    @Test
    void aReceiptIsItsOwnersAloneAndHoldsNothingPersonal() throws IOException {
        List<String> personal = CatchLogSample.personal(database);
        ProgramRunner.ProgramResult run = program.run(
                "erase", CatchLogSample.LEAVER, "--yes", "--format", "json", "--receipt", directory.toString());

        assertThat(run.code()).as(run.all()).isZero();
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.toList();
        }
        assertThat(files).hasSize(1);
        Path receipt = files.get(0);
        assertThat(receipt.getFileName().toString()).matches("exeunt-receipt-[0-9]{8}-[0-9]{6}-[0-9a-f]{8}\\.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(receipt)))
                .isEqualTo("rw-------");
        String text = Files.readString(receipt);
        assertThat(JsonMapper.shared().readTree(text)).isEqualTo(run.json());
        assertThat(run.json().propertyNames())
                .as("the fields that docs/reference/commands.md lists")
                .containsExactly(
                        "receipt",
                        "erasedAt",
                        "subjects",
                        "database",
                        "catalogueDigest",
                        "planDigest",
                        "tables",
                        "aside",
                        "files");
        assertThat(personal).hasSizeGreaterThan(40).allSatisfy(value -> {
            assertThat(text).doesNotContain(value);
            assertThat(run.all()).doesNotContain(value);
        });
    }

    @Test
    void withoutAPlaceForItsReceiptNothingIsErased() throws IOException {
        var before = database.snapshot();
        Path taken = Files.writeString(directory.resolve("taken.json"), "{}");
        ProgramRunner.ProgramResult exists =
                program.run("erase", CatchLogSample.LEAVER, "--yes", "--receipt", taken.toString());
        ProgramRunner.ProgramResult nowhere =
                program.run("erase", CatchLogSample.LEAVER, "--yes", "--receipt", in("no/such/place.json"));

        assertThat(exists.code()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(nowhere.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(database.snapshot()).isEqualTo(before);
        assertThat(taken).hasContent("{}");
    }

    @Test
    void anErasureThatIsInterruptedChangesNothingAndLeavesNoReceipt() {
        var before = database.snapshot();
        UserInterrupt interruption = new UserInterrupt();
        interruption.idle(true);
        interruption.interrupt();
        Terminal terminal = Terminal.of(InputStream.nullInputStream(), System.out, System.err, program.env());
        String[] args = {"erase", CatchLogSample.LEAVER, "--yes", "--quiet", "--receipt", directory.toString()};

        assertThat(Main.run(args, new CommandContext(terminal, interruption))).isEqualTo(ExitCode.INTERRUPTED.code());
        assertThat(database.snapshot()).isEqualTo(before);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatIsStillThereIsSaidByPlaceAndNeverByValue() {
        ProgramRunner.ProgramResult text = program.run("verify", CatchLogSample.LEAVER);
        ProgramRunner.ProgramResult json =
                program.typing("angler-0042\n").run("verify", "--values", "-", "--format", "json");

        assertThat(text.code()).isEqualTo(ExitCode.LEFT.code());
        assertThat(text.out()).contains("profile_follows").contains("Something is left");
        assertThat(json.code()).isEqualTo(ExitCode.LEFT.code());
        assertThat(json.json().get("clean").asBoolean()).isFalse();
        assertThat(json.all()).doesNotContain("angler-0042");
        assertThat(program.run("verify").code()).isEqualTo(ExitCode.COULD_NOT.code());
    }

    @Test
    void aDraftOverwritesNothingUnlessForced() throws IOException {
        Path file = Files.writeString(directory.resolve("exeunt.yaml"), "mine");
        ProgramRunner.ProgramResult refused = program.run("init", "--subject", "profiles", "-o", file.toString());
        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(file).hasContent("mine");

        ProgramRunner.ProgramResult forced =
                program.run("init", "--subject", "profiles", "-o", file.toString(), "--force", "--format", "json");
        assertThat(forced.code()).as(forced.err()).isZero();
        assertThat(forced.json().get("tables").asInt()).isEqualTo(14);
        assertThat(file).content().contains("subject:");
    }

    @Test
    void checkSaysWhatAFlowWithoutConfirmMeansForTokensThatDoNotTellTheSignIn() {
        String note =
                "Flow delete-account has no confirm. Over HTTP, people whose token does not tell when they signed in"
                        + " (auth_time) confirm it by typing delete-account.";
        ProgramRunner.ProgramResult run = program.run("check", "--format", "json");
        assertThat(run.json().get("notes")).hasSize(1);
        assertThat(run.json().get("notes").get(0).asString()).isEqualTo(note);
        assertThat(program.run("check").out().replaceAll("\\s+", " ")).contains(note);
    }

    @Test
    void checkSaysWhichStoresOfFilesHaveNoLocation() {
        program.with("EXEUNT_STORES_PHOTOS", "");
        assertThat(program.run("check").out().replaceAll("\\s+", " "))
                .contains(
                        "The map keeps files in photos, and EXEUNT_STORES_PHOTOS does not say where. Commands that erase,"
                                + " or export a ZIP, need it.");
        program.with("EXEUNT_STORES_PHOTOS", in("gone"));
        ProgramRunner.ProgramResult run = program.run("check", "--format", "json");
        assertThat(run.code()).isZero();
        assertThat(run.json().get("notes").get(1).asString())
                .startsWith(
                        "EXEUNT_STORES_PHOTOS: the directory " + in("gone") + " cannot be read (NoSuchFileException).");
    }

    @Test
    void warningsCountWhenCheckIsStrict() {
        database.execute("drop index catch_comments_user_idx");
        ProgramRunner.ProgramResult lenient = program.run("check", "--format", "json");
        ProgramRunner.ProgramResult strict = program.run("check", "--strict");

        assertThat(lenient.code()).as(lenient.all()).isZero();
        assertThat(lenient.json().get("errors").asInt()).isZero();
        assertThat(lenient.json().get("warnings").asInt()).isPositive();
        assertThat(strict.code()).isEqualTo(ExitCode.LEFT.code());
        assertThat(strict.out()).contains("unindexed").contains("create index".toUpperCase(java.util.Locale.ROOT));
    }

    @Test
    void theRightsThatGrantsPrintsAreEnough() {
        database.createRole("officer");
        ProgramRunner.ProgramResult grants = program.run("grants", "--print", "--role", "officer");
        assertThat(grants.code()).as(grants.err()).isZero();
        grants.out().lines().forEach(database::execute);

        program.with("EXEUNT_DB_USER", "officer").with("EXEUNT_DB_PASSWORD", "officer");
        ProgramRunner.ProgramResult erased =
                program.run("erase", CatchLogSample.LEAVER, "--yes", "--receipt", directory.toString());
        assertThat(erased.code()).as(erased.all()).isZero();
    }

    @Test
    void quietSaysOnlyTheResult() {
        ProgramRunner.ProgramResult run =
                program.run("erase", CatchLogSample.LEAVER, "--yes", "--quiet", "--receipt", directory.toString());

        assertThat(run.code()).as(run.all()).isZero();
        assertThat(run.out()).startsWith("Erased 1 person").doesNotContain("backups");
        assertThat(run.err()).isEmpty();
    }

    private String in(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void aKeyAndAValueExcludeEachOtherAndOneIsNeeded() {
        for (String command : List.of("plan", "erase", "export")) {
            assertThat(program.run(command).err()).as(command).contains("Say whom: a KEY, or --value NAME=VALUE.");
            assertThat(program.run(command, "1", "--value", "email=a@example.org")
                            .err())
                    .as(command)
                    .contains("Give either a KEY or --value, not both.");
            assertThat(program.run(command, "--value", "a@example.org").err())
                    .as(command)
                    .contains("--value takes a name and a value");
            ProgramRunner.ProgramResult unused = program.run(command, "--value", "email=a@example.org");
            assertThat(unused.code()).as(command).isEqualTo(ExitCode.COULD_NOT.code());
            assertThat(unused.all())
                    .as(command)
                    .contains("No link of the map matches rows by email")
                    .doesNotContain("a@example.org");
        }
        assertThat(program.run("verify", "1", "--value", "email=a@example.org").err())
                .contains("not both");
    }
}

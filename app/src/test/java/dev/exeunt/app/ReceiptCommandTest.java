package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.MapCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the command that checks receipts, as those use it who have the file and the public keys alone. */
class ReceiptCommandTest extends ClubTestCase {

    private final ProgramRunner reader = new ProgramRunner();

    private Path receipt;
    private Path keys;

    @BeforeEach
    void erase() throws IOException {
        receipt = directory.resolve("receipt.json");
        keys = directory.resolve("keys.json");
        ProgramRunner.ProgramResult erased = done(program.run("erase", "2", "--yes", "--receipt", receipt.toString()));
        assertThat(erased.out()).contains("It is signed. Check it: exeunt receipt verify " + receipt);
        Files.writeString(
                keys,
                done(new ProgramRunner()
                                .with(MapCommand.KEY_VARIABLE, ClubTestApplication.SECRET)
                                .run("receipt", "keys"))
                        .out());
    }

    private ProgramRunner.ProgramResult verify(ExitCode exit) {
        ProgramRunner.ProgramResult result =
                reader.run("receipt", "verify", receipt.toString(), "--keys", keys.toString());
        assertThat(result.code()).as(result.all()).isEqualTo(exit.code());
        return result;
    }

    @Test
    void aReceiptIsCheckedWithoutDatabaseAndSecret() {
        assertThat(verify(ExitCode.DONE).out())
                .startsWith("The receipt is unchanged since it was signed.")
                .contains("Signed with the key ");
        assertThat(done(new ProgramRunner()
                                .with(MapCommand.KEY_VARIABLE, ClubTestApplication.SECRET)
                                .run("receipt", "verify", receipt.toString(), "--format", "json"))
                        .json()
                        .get("result")
                        .asString())
                .isEqualTo("unchanged");
    }

    @Test
    void aChangedReceiptIsFound() throws IOException {
        Files.writeString(receipt, Files.readString(receipt).replaceFirst("(\"subjects\"\\s*:\\s*)1", "$12"));

        assertThat(verify(ExitCode.LEFT).out()).startsWith("The receipt was changed since it was signed");
    }

    @Test
    void theKeysOfOthersDoNotFit() throws IOException {
        Files.writeString(
                keys,
                done(new ProgramRunner()
                                .with(MapCommand.KEY_VARIABLE, "ef".repeat(32))
                                .run("receipt", "keys"))
                        .out());

        assertThat(verify(ExitCode.LEFT).out()).startsWith("The receipt names the key ");
    }

    @Test
    void aReceiptThatWasWrittenWithoutAKeyProvesNothing() throws IOException {
        Files.writeString(
                receipt, Files.readString(receipt).replaceFirst(",\\s*\"signature\"\\s*:\\s*\\{[^}]*\\}", ""));

        assertThat(verify(ExitCode.LEFT).out()).startsWith("The receipt bears no signature");
    }

    @Test
    void whatCannotBeReadIsSaidInASentence() throws IOException {
        assertThat(reader.run("receipt", "verify", receipt.toString()).err())
                .contains("No public key is given.", "--keys FILE");
        assertThat(reader.run("receipt", "verify").err()).contains("Which receipt?");
        assertThat(reader.run("receipt", "verify", directory.resolve("none").toString(), "--keys", keys.toString())
                        .err())
                .contains("cannot be read");
        Files.writeString(receipt, "nothing");
        assertThat(verify(ExitCode.COULD_NOT).err()).contains("This is no receipt of an erasure");
        Files.writeString(keys, "{}");
        assertThat(verify(ExitCode.COULD_NOT).err()).contains("These are no public keys of receipts");
    }
}

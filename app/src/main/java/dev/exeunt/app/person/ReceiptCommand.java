package dev.exeunt.app.person;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommonOptions;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.FormatOption;
import dev.exeunt.app.command.KeyVariables;
import dev.exeunt.app.report.ReceiptCheckReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.erase.ReceiptKeys;
import dev.exeunt.erase.ReceiptKeys.CheckResult;
import dev.exeunt.erase.ReceiptKeys.ReceiptCheck;
import dev.exeunt.support.files.DiskFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exeunt receipt verify}: checks the signature of a receipt, without a database. */
@Command(
        name = "receipt",
        abbreviateSynopsis = true,
        header = {"Check the signature of a receipt, without a database.", ""},
        description = {
            "verify FILE checks that a receipt is as it was written when people were erased. It takes the public keys from a file"
                    + " (--keys), or from EXEUNT_KEY where that is set. keys prints the public keys, for others to check receipts with:"
                    + " exeunt receipt keys > keys.json. A server publishes them at /account/receipt-keys.",
            ""
        })
public final class ReceiptCommand implements Callable<Integer> {

    /** Longer files are no receipts. */
    private static final long LONGEST = 16_000_000;

    private final CommandContext session;

    /** What can be done with receipts. */
    enum ReceiptAction {
        verify,
        keys
    }

    @Parameters(index = "0", paramLabel = "ACTION", description = "What to do: ${COMPLETION-CANDIDATES}.")
    private ReceiptAction action = ReceiptAction.verify;

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "The receipt to verify.")
    private @Nullable Path file;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description =
                    "The public keys of those who wrote the receipt, as keys prints them or their server publishes them.")
    private @Nullable Path keys;

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private CommonOptions say = new CommonOptions();

    public ReceiptCommand(CommandContext session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return switch (action) {
            case keys -> printKeys();
            case verify -> verify();
        };
    }

    private int printKeys() {
        session.terminal().out().println(publicKeys().toJson());
        return ExitCode.DONE.code();
    }

    private int verify() {
        if (file == null) {
            throw new ExeuntException("Which receipt? Name its file: exeunt receipt verify FILE");
        }
        ReceiptCheck check = publicKeys().check(read(file));
        if (format.json()) {
            JsonOutput.print(
                    session.terminal().out(),
                    JsonOutput.object(
                            "result", ReceiptCheckReport.word(check.result()),
                            "receipt", check.receipt(),
                            "erasedAt",
                                    Optional.ofNullable(check.erasedAt())
                                            .map(Object::toString)
                                            .orElse(null),
                            "key", check.key()));
        } else {
            ReceiptCheckReport.text(check, say.out(session));
        }
        return (check.result() == CheckResult.UNCHANGED ? ExitCode.DONE : ExitCode.LEFT).code();
    }

    private ReceiptKeys publicKeys() {
        if (keys != null) {
            return ReceiptKeys.parse(read(keys));
        }
        HashKey key = KeyVariables.key(session.terminal().env())
                .orElseThrow(() -> new ExeuntException(
                        "No public key is given. Save the keys that the server publishes at /account/receipt-keys, and name the file:"
                                + " --keys FILE. Where you have the secret of the erasure, set EXEUNT_KEY instead."));
        return ReceiptKeys.of(key);
    }

    private static String read(Path path) {
        try {
            if (Files.size(path) > LONGEST) {
                throw new ExeuntException(path + " is too long to be a receipt or a set of keys.");
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new ExeuntException(path + " cannot be read: " + DiskFault.reason(e) + ".", e);
        }
    }
}

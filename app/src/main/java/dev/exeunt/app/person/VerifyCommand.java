package dev.exeunt.app.person;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.ReportCommand;
import dev.exeunt.app.command.ValueOption;
import dev.exeunt.app.report.ResidueReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.erase.Residue;
import dev.exeunt.erase.Residue.ResidueVerdict;
import dev.exeunt.map.DataMap;
import dev.exeunt.support.files.DiskFault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exeunt verify}: looks for data that is left of people. */
@Command(
        name = "verify",
        abbreviateSynopsis = true,
        header = {"Look for what is left of people.", ""},
        description = {
            "Look for what is left of people after their erasure. Rows that links still lead to are compared with what the map"
                    + " writes. Keys and given values are looked for in every table, mapped or not, in large objects and in"
                    + " materialized views. Shows places and counts, no value.",
            ""
        })
public final class VerifyCommand extends ReportCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "KEY",
            description = "Whom: the subject's key (an identifier finds no person once it is erased).")
    private List<String> keys = List.of();

    @Mixin
    private ValueOption value = new ValueOption();

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description =
                    "Former values to look for, one a line: e-mail address, name, phone number; - is standard input.")
    private @Nullable String values;

    public VerifyCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        if (value.isGiven()) {
            value.requireEither(keys);
        }
        if (keys.isEmpty() && values == null && !value.isGiven()) {
            throw new ExeuntException("Say whom or what to look for: a KEY, --value NAME=VALUE, or --values FILE.");
        }
        List<String> wanted = values == null ? List.of() : lines(values);
        if (keys.isEmpty() && wanted.isEmpty() && !value.isGiven()) {
            throw new ExeuntException("There is no value in what --values names: one a line is needed.");
        }
        Residue residue;
        try (TerminalProgress progress = say.progress(session, "looking through the database")) {
            DataMap read = map.read();
            Exeunt exeunt = exeunt(progress);
            residue = value.isGiven() ? value.person(exeunt, read).verify(wanted) : exeunt.verify(read, keys, wanted);
        }
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), ResidueReport.json(residue));
        } else {
            ResidueReport.text(residue, say.out(session));
        }
        return exit(residue.verdict()).code();
    }

    private static ExitCode exit(ResidueVerdict verdict) {
        return switch (verdict) {
            case NOTHING_LEFT -> ExitCode.DONE;
            case LEFT -> ExitCode.LEFT;
            case NOT_JUDGED -> ExitCode.NOT_JUDGED;
        };
    }

    private List<String> lines(String file) {
        try {
            byte[] bytes =
                    file.equals("-") ? session.terminal().in().readAllBytes() : Files.readAllBytes(Path.of(file));
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
            return text.lines()
                    .map(String::strip)
                    .filter(l -> !l.isEmpty())
                    .distinct()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new ExeuntException("What --values names is not UTF-8 text.", e);
        } catch (IOException e) {
            throw new ExeuntException("What --values names cannot be read: " + DiskFault.reason(e) + ".", e);
        }
    }
}

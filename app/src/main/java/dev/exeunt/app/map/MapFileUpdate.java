package dev.exeunt.app.map;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.command.CommonOptions;
import dev.exeunt.app.command.DatabaseOptions;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.report.UpdateReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.files.AtomicFileWriter;
import dev.exeunt.files.DiskFault;
import dev.exeunt.map.UpdatedMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Brings a map's file up to the live schema: the whole new file takes the old one's place, or nothing happens. */
final class MapFileUpdate {

    private final CommandContext session;
    private final Path file;
    private final boolean dryRun;

    MapFileUpdate(CommandContext session, Path file, boolean dryRun) {
        this.session = session;
        this.file = file;
        this.dryRun = dryRun;
    }

    ExitCode run(DatabaseOptions database, CommonOptions say, boolean json) {
        UpdatedMap updated;
        byte[] before;
        try (TerminalProgress progress = say.progress(session, "reading the catalogue")) {
            before = bytes();
            updated = database.open(session.terminal(), progress).update(text(before), file.toString());
        }
        if (updated.changes() && !dryRun) {
            replace(before, updated.text());
        }
        UpdateReport report = new UpdateReport(updated, file.toString(), dryRun);
        if (json) {
            JsonOutput.print(session.terminal().out(), report.json());
        } else {
            session.terminal().out().print(dryRun ? updated.diff() : "");
            // beside a diff on standard output, standard error tells of it
            report.text(dryRun ? say.err(session) : say.out(session), say.quiet());
        }
        return report.somethingLeft() ? ExitCode.LEFT : ExitCode.DONE;
    }

    /** What is no text, or too long for one, the map's reader knows to say why. */
    private String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            Exeunt.readMap(file);
            throw new ExeuntException(file + " is not UTF-8.", e);
        }
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ExeuntException(file + " does not exist. Draft one with: exeunt init --subject TABLE", e);
        } catch (IOException e) {
            throw new ExeuntException(file + " cannot be read: " + DiskFault.reason(e) + ".", e);
        }
    }

    /** An editor may have saved the file meanwhile: what it wrote is not overwritten. */
    private void replace(byte[] before, String text) {
        session.interruption().pointOfNoReturn();
        if (!Files.isWritable(file)) {
            throw new ExeuntException(file + " cannot be written: permission denied.");
        }
        try (AtomicFileWriter replacement = AtomicFileWriter.replacing(file).open()) {
            replacement.write(text.getBytes(StandardCharsets.UTF_8));
            if (!Arrays.equals(before, bytes())) {
                throw new CommandRefusedException(
                        file + " was changed by somebody else meanwhile, and was left as it is. Try again.");
            }
            replacement.keep();
        } catch (IOException e) {
            throw new ExeuntException(file + " cannot be written: " + DiskFault.reason(e) + ".", e);
        }
    }
}

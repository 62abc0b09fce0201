package dev.exeunt.app.command;

import dev.exeunt.ExeuntException;
import dev.exeunt.support.files.AtomicFileWriter;
import dev.exeunt.support.files.DiskFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Writes a command's result to a file or to standard output. A file is written whole or not at all.
 *
 * @param target a path, or {@code -} for standard output
 * @param force whether an existing file may be overwritten
 */
public record OutputFile(String target, boolean force) {

    private static final String STANDARD_OUTPUT = "-";

    public boolean isStandardOutput() {
        return target.equals(STANDARD_OUTPUT);
    }

    /** Refuses a file that exists. Commands call it before the work begins, so that no user waits in vain. */
    public void refuseExisting() {
        if (!force && !isStandardOutput() && Files.exists(Path.of(target), LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandRefusedException(
                    target + " exists and was left as it is. Say --force to overwrite it, or -o for another file.");
        }
    }

    /** Writes the result. From here on Ctrl-C no longer stops the command. */
    public void write(CommandContext session, String text) {
        session.interruption().pointOfNoReturn();
        if (isStandardOutput()) {
            session.terminal().out().print(text);
            return;
        }
        try (AtomicFileWriter file = AtomicFileWriter.to(Path.of(target))
                .defaultPermissions()
                .overwriting(force)
                .open()) {
            file.write(text.getBytes(StandardCharsets.UTF_8));
            file.keep();
        } catch (FileAlreadyExistsException e) {
            refuseExisting();
        } catch (IOException e) {
            throw new ExeuntException(target + " cannot be written: " + DiskFault.reason(e) + ".", e);
        }
    }
}

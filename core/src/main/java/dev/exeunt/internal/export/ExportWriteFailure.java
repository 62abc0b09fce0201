package dev.exeunt.internal.export;

import dev.exeunt.ExeuntException;
import dev.exeunt.support.files.DiskFault;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Explains why an export could not be written, without the file name. Without the exception itself, whose text may hold
 * a file's name and thereby a person's key.
 */
final class ExportWriteFailure {

    private ExportWriteFailure() {}

    /**
     * @param what the file as the user named it, or what stands for it
     * @param directory where it was to be; null for a stream
     */
    static ExeuntException of(IOException e, String what, @Nullable Path directory) {
        return new ExeuntException(
                switch (DiskFault.of(e, directory)) {
                    case INTERRUPTED -> "The export was interrupted. Nothing was kept.";
                    case TAKEN ->
                        "There is " + what + " already, and an export replaces no file. Nothing was"
                                + " written. Name another file, or move that one away.";
                    case FULL ->
                        "No space left while writing " + what + ". Nothing was kept. Make room, or name a file on"
                                + " another disk.";
                    case ABSENT -> because(what, "its directory does not exist");
                    case FORBIDDEN -> because(what, "this user may not write in its directory");
                    case OTHER ->
                        because(what, "the system says " + e.getClass().getSimpleName());
                });
    }

    private static String because(String what, String reason) {
        return "Could not write " + what + ": " + reason + ". Nothing was kept.";
    }
}

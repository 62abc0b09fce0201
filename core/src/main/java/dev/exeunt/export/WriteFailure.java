package dev.exeunt.export;

import dev.exeunt.ExeuntException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why an export could not be written, for people. Without the exception itself, whose text may hold a file's name and thereby
 * a person's key.
 */
final class WriteFailure {

    /** A disk with less than a block or two is full. */
    private static final long FULL = 1 << 16;

    private WriteFailure() {}

    /**
     * @param what the file as the user named it, or what stands for it
     * @param directory where it was to be; null for a stream
     */
    static ExeuntException of(IOException e, String what, @Nullable Path directory) {
        if (e instanceof InterruptedIOException || e instanceof ClosedByInterruptException) {
            return new ExeuntException("The export was interrupted. Nothing was kept.");
        }
        if (e instanceof FileAlreadyExistsException) {
            return new ExeuntException("There is " + what + " already, and an export replaces no file. Nothing was"
                    + " written. Name another file, or move that one away.");
        }
        if (isFull(e, directory)) {
            return new ExeuntException("No space left while writing " + what
                    + ". Nothing was kept. Make room, or name a" + " file on another disk.");
        }
        return new ExeuntException("Could not write " + what + ": " + reason(e) + ". Nothing was kept.");
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
            return "its directory does not exist";
        }
        return e instanceof AccessDeniedException
                ? "this user may not write in its directory"
                : "the system says " + e.getClass().getSimpleName();
    }

    /** Java has no class for it, and the system says it in the user's language; a full disk can be asked, too. */
    private static boolean isFull(IOException e, @Nullable Path directory) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("No space left") || text.contains("not enough space") || text.contains("quota exceeded")) {
            return true;
        }
        try {
            return directory != null && Files.getFileStore(directory).getUsableSpace() < FULL;
        } catch (IOException unknown) {
            return false;
        }
    }
}

package dev.exeunt.support.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Explains why a file could not be written or read. */
public enum DiskFault {
    /** the thread was told to stop */
    INTERRUPTED,
    /** something has the name already */
    TAKEN,
    /** no space, or no quota, is left */
    FULL,
    /** the file, or a directory on the way to it, is not there */
    ABSENT,
    /** the user that the program runs as may not */
    FORBIDDEN,
    /** what Java has no class for */
    OTHER;

    /** A disk with less than a block or two is full. */
    private static final long LEAST = 1 << 16;

    /** @param directory where the file was to be; null for a stream */
    public static DiskFault of(IOException e, @Nullable Path directory) {
        if (e instanceof InterruptedIOException || e instanceof ClosedByInterruptException) {
            return INTERRUPTED;
        }
        if (e instanceof FileAlreadyExistsException) {
            return TAKEN;
        }
        if (isFull(e, directory)) {
            return FULL;
        }
        if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
            return ABSENT;
        }
        return e instanceof AccessDeniedException || said(e, "Read-only file system") ? FORBIDDEN : OTHER;
    }

    /** Java has no class for it, and the system says it in the user's language; a full disk can be asked, too. */
    private static boolean isFull(IOException e, @Nullable Path directory) {
        if (said(e, "No space left") || said(e, "not enough space") || said(e, "quota exceeded")) {
            return true;
        }
        try {
            return directory != null && Files.getFileStore(directory).getUsableSpace() < LEAST;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Returns why a file could not be read or written, in a few words without a path. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such directory or file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of that name exists";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static boolean said(IOException e, String words) {
        return String.valueOf(e.getMessage()).contains(words);
    }
}

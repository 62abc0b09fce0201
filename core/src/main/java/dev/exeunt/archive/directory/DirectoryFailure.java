package dev.exeunt.archive.directory;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveException.ArchiveFailureReason;
import dev.exeunt.support.files.DiskFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Explains why a directory could not store, open or remove an archive. */
record DirectoryFailure(Path directory) {

    ArchiveException writing(IOException e) {
        return switch (DiskFault.of(e, directory)) {
            case INTERRUPTED -> ArchiveException.interrupted();
            case TAKEN ->
                new ArchiveException(
                        ArchiveFailureReason.TAKEN,
                        "Something is stored under that name already, and nothing is replaced.");
            case FULL ->
                new ArchiveException(
                        ArchiveFailureReason.FULL,
                        "No space is left in " + directory + ". Nothing was kept. Make room there.");
            case ABSENT -> Files.isDirectory(directory) ? lost() : gone();
            case FORBIDDEN -> refused("write in");
            case OTHER -> other("Writing", e);
        };
    }

    ArchiveException reading(IOException e) {
        return failed("look into", "Reading", e);
    }

    ArchiveException deleting(IOException e) {
        return failed("delete from", "Deleting", e);
    }

    /** The file is not there, or nothing is. */
    ArchiveException absent() {
        return Files.isDirectory(directory)
                ? new ArchiveException(
                        ArchiveFailureReason.ABSENT, "Nothing is stored under that name in " + directory + ".")
                : gone();
    }

    private ArchiveException failed(String verb, String doing, IOException e) {
        return switch (DiskFault.of(e, null)) {
            case INTERRUPTED -> ArchiveException.interrupted();
            case ABSENT -> gone();
            case FORBIDDEN -> refused(verb);
            default -> other(doing, e);
        };
    }

    private ArchiveException refused(String verb) {
        return new ArchiveException(ArchiveFailureReason.REFUSED, "This user may not " + verb + " " + directory + ".");
    }

    private ArchiveException lost() {
        return new ArchiveException(
                ArchiveFailureReason.LOST,
                "Another worker took the work over, and deleted what was being archived. Nothing was kept.");
    }

    private ArchiveException gone() {
        return new ArchiveException(
                ArchiveFailureReason.UNREACHABLE,
                directory + " is not there, or is no directory. Mount it, or start the program anew to have it made.");
    }

    /** Input and output errors of disks and networks pass, or are seen to. */
    private ArchiveException other(String doing, IOException e) {
        return new ArchiveException(
                ArchiveFailureReason.UNREACHABLE,
                doing + " in " + directory + " failed: the system says "
                        + e.getClass().getSimpleName() + ".");
    }
}

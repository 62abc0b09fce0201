package dev.exeunt.internal.export.block;

import dev.exeunt.ExeuntException;
import dev.exeunt.support.files.DiskFault;
import java.io.IOException;
import java.nio.file.Path;

/** Explains why the temporary file of an export could not be written or read. */
final class SpoolFailure {

    private static final String ANOTHER =
            ". A file's export uses the file's directory, a streamed one another with -Djava.io.tmpdir=DIRECTORY.";

    private SpoolFailure() {}

    /** @throws IOException as it is where the thread was interrupted, which is no fault of the file */
    static ExeuntException of(IOException e, Path directory) throws IOException {
        return switch (DiskFault.of(e, directory)) {
            case INTERRUPTED -> throw e;
            case FULL ->
                new ExeuntException("No space left in " + directory
                        + " for the temporary file of an export. Nothing was kept. Make room there" + ANOTHER);
            case TAKEN, ABSENT, FORBIDDEN, OTHER ->
                new ExeuntException("Could not write the temporary file of an export in " + directory + ": "
                        + DiskFault.reason(e) + ". Nothing was kept. Let the program write there" + ANOTHER);
        };
    }
}

package dev.exeunt.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Schemas of systems that were not written for this project; they stand beside it, where there are any. */
public final class RealSchemaScripts {

    private RealSchemaScripts() {}

    /** The scripts, sorted; skips the test, saying why, where {@code EXEUNT_REAL_SCHEMAS} names no directory of them. */
    public static List<Path> all() {
        String directory = System.getenv("EXEUNT_REAL_SCHEMAS");
        TestSkip.unless(directory != null, "EXEUNT_REAL_SCHEMAS names no directory of *.sql scripts");
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.filter(f -> f.toString().endsWith(".sql")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

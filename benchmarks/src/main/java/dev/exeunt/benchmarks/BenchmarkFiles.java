package dev.exeunt.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the SQL and YAML files that lie beside the benchmark classes. */
final class BenchmarkFiles {

    private BenchmarkFiles() {}

    static String text(String name) {
        try (InputStream in = BenchmarkFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

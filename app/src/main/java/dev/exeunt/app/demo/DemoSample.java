package dev.exeunt.app.demo;

import dev.exeunt.ExeuntException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sample application of the checkout: schema, data and finished map. */
record DemoSample(Path directory) {

    private static final Path SAMPLES = Path.of("samples");

    /**
     * In the checkout that {@code exeunt.home} names, that the program was built in, or that the current directory is in.
     *
     * @throws ExeuntException where there is none
     */
    static DemoSample find(String name) {
        Path place = SAMPLES.resolve(name);
        return starts().flatMap(DemoSample::upwards)
                .map(d -> d.resolve(place))
                .filter(d -> Files.isRegularFile(d.resolve("schema.sql")))
                .findFirst()
                .map(DemoSample::new)
                .orElseThrow(() -> new ExeuntException(
                        "The demo's sample (" + place + ") is not here. Run it in a checkout as: ./exeunt demo"));
    }

    List<String> scripts() {
        return List.of(text("schema.sql"), text("data.sql"));
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    String map() {
        return text("exeunt.yaml");
    }

    /** Copies a folder of the sample into a directory. @return the absolute path of the copy */
    Path copyFolder(String name, Path into) {
        Path from = directory.resolve(name);
        Path copy = into.toAbsolutePath().resolve(name);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Files.copy(file, copy.resolve(from.relativize(file).toString()));
            }
            return copy;
        } catch (IOException e) {
            throw new ExeuntException("The demo's " + from + " cannot be copied into " + into + ".", e);
        }
    }

    private String text(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new ExeuntException("The demo's " + directory.resolve(name) + " cannot be read.", e);
        }
    }

    private static Stream<Path> starts() {
        String home = System.getProperty("exeunt.home");
        return Stream.of(home == null ? null : Path.of(home), program(), Path.of(""))
                .filter(Objects::nonNull)
                .map(Path::toAbsolutePath);
    }

    private static @Nullable Path program() {
        CodeSource source = DemoSample.class.getProtectionDomain().getCodeSource();
        try {
            return source == null ? null : Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Stream<Path> upwards(Path start) {
        List<Path> all = new ArrayList<>();
        for (Path at = start; at != null; at = at.getParent()) {
            all.add(at);
        }
        return all.stream();
    }
}

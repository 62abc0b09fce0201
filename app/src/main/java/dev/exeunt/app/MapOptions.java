package dev.exeunt.app;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.yaml.MapReader;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which data map. */
final class MapOptions {

    @Option(
            names = "--map",
            paramLabel = "FILE",
            defaultValue = "exeunt.yaml",
            description = "The data map (env EXEUNT_MAP; default: exeunt.yaml).")
    private Path file = Path.of("exeunt.yaml");

    Path file() {
        return file;
    }

    DataMap read() {
        return MapReader.read(file);
    }
}

package dev.exeunt.app.command;

import dev.exeunt.Exeunt;
import dev.exeunt.map.DataMap;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which data map. */
public final class MapOptions {

    @Option(
            names = "--map",
            paramLabel = "FILE",
            defaultValue = "exeunt.yaml",
            description = "The data map (env EXEUNT_MAP; default: exeunt.yaml).")
    private Path file = Path.of("exeunt.yaml");

    public Path file() {
        return file;
    }

    public DataMap read() {
        return Exeunt.readMap(file);
    }
}

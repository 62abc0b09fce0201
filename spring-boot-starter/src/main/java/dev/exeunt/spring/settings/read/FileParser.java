package dev.exeunt.spring.settings.read;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Parses settings that name a file or a directory. Each method returns null after it has added a fault. */
final class FileParser {

    private final SettingValues values;

    FileParser(SettingValues values) {
        this.values = values;
    }

    @Nullable
    Path file(ConfiguredValue given) {
        Path path = path(given);
        return path == null || Files.isReadable(path) && Files.isRegularFile(path)
                ? path
                : values.fault(given, "there is no such file that can be read. Write it with the command exeunt init.");
    }

    /** A file that exists, or whose directory does: the program then makes it. */
    @Nullable
    Path newFile(ConfiguredValue given) {
        Path written = path(given);
        Path path = written == null ? null : written.toAbsolutePath().normalize();
        boolean fits = path == null
                || Files.isRegularFile(path)
                || !Files.exists(path) && path.getParent() != null && Files.isDirectory(path.getParent());
        return fits
                ? path
                : values.fault(given, "it is no file, and cannot be made there. Make its directory (mkdir -p).");
    }

    /** A directory that exists, or whose parent does: the program then makes it. */
    @Nullable
    Path directory(ConfiguredValue given) {
        Path written = path(given);
        Path path = written == null ? null : written.toAbsolutePath().normalize();
        if (path == null || Files.isDirectory(path)) {
            return path;
        }
        if (Files.exists(path)) {
            return values.fault(given, "that is no directory. Name one, which need not exist yet.");
        }
        Path parent = path.getParent();
        return parent != null && Files.isDirectory(parent)
                ? path
                : values.fault(
                        given,
                        "it cannot be made, since " + parent + " is no directory that there is. Make that (mkdir -p),"
                                + " mount it, or name another.");
    }

    /** A directory that exists and can be read. */
    @Nullable
    Path existingDirectory(ConfiguredValue given) {
        Path path = path(given);
        return path == null || Files.isDirectory(path) && Files.isReadable(path)
                ? path
                : values.fault(given, "there is no such directory that can be read.");
    }

    private @Nullable Path path(ConfiguredValue given) {
        try {
            return Path.of(given.value());
        } catch (InvalidPathException e) {
            return values.fault(given, "that is no path.");
        }
    }
}

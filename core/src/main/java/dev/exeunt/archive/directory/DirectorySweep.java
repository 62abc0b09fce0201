package dev.exeunt.archive.directory;

import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.support.archive.OrphanCollector;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Removes archive files that no export job knows and that are old enough. */
final class DirectorySweep {

    /** Ends the name of a file that is not whole yet. */
    static final String PART = ".part";

    private final Path directory;
    private final Instant before;
    private final OrphanCollector<Path> files;
    private int archives;
    private int unfinished;

    DirectorySweep(Path directory, Instant before, UnaryOperator<Set<ArchiveName>> known) {
        this.directory = directory;
        this.before = before;
        this.files = new OrphanCollector<>(known);
    }

    Archives.SweepResult run() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path file : entries) {
                String text = file.getFileName().toString();
                String name = isPart(text) ? text.substring(0, text.length() - PART.length()) : text;
                if (ArchiveName.is(name) && isOld(file)) {
                    files.add(new ArchiveName(name), file);
                }
                if (files.isFull()) {
                    remove();
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        remove();
        return new Archives.SweepResult(archives, unfinished);
    }

    private static boolean isPart(String text) {
        return text.endsWith(PART);
    }

    private boolean isOld(Path file) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile() && found.lastModifiedTime().toInstant().isBefore(before);
        } catch (NoSuchFileException e) {
            return false; // another sweep was faster
        }
    }

    private void remove() throws IOException {
        for (Path file : files.take()) {
            if (Files.deleteIfExists(file)) {
                if (isPart(file.getFileName().toString())) {
                    unfinished++;
                } else {
                    archives++;
                }
            }
        }
    }
}

package dev.exeunt.archive.directory;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.archive.Archives.SettingFault;
import dev.exeunt.support.files.DiskFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks whether a directory can hold archives, and makes it where it is missing. */
final class DirectoryCheck {

    private static final String SETTING = "directory";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path directory;
    private final Archives archives;

    DirectoryCheck(Path directory, Archives archives) {
        this.directory = directory;
        this.archives = archives;
    }

    List<SettingFault> faults() {
        return fault().map(sentence -> List.of(new SettingFault(SETTING, sentence)))
                .orElse(List.of());
    }

    /** Each question makes sense only where the one before it had no answer. */
    private Optional<String> fault() {
        try {
            Optional<String> missing = made();
            Optional<String> fault = missing.isPresent() ? missing : openToOthers();
            return fault.isPresent() ? fault : unusable();
        } catch (IOException e) {
            return Optional.of(directory + " cannot be looked at: the system says "
                    + e.getClass().getSimpleName() + ".");
        }
    }

    /** One level only: a longer path that is not there is more likely misspelled, or not mounted. */
    private Optional<String> made() throws IOException {
        if (Files.isDirectory(directory)) {
            return Optional.empty();
        }
        if (Files.exists(directory)) {
            return Optional.of(directory + " is a file. Name a directory.");
        }
        Path parent = directory.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return Optional.of(directory + " cannot be made, since " + parent
                    + " is not there. Make it (mkdir -p), mount it, or name another directory.");
        }
        try {
            Files.createDirectory(directory, ownerOnly(parent));
            return Optional.empty();
        } catch (IOException e) {
            return isDirectoryAfterAll() ? Optional.empty() : Optional.of(cannotBeMade(parent, e));
        }
    }

    /** Another instance was faster. */
    private boolean isDirectoryAfterAll() {
        return Files.isDirectory(directory);
    }

    private static FileAttribute<?>[] ownerOnly(Path parent) {
        return isPosix(parent)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private Optional<String> openToOthers() throws IOException {
        if (!isPosix(directory)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> others = new HashSet<>(Files.getPosixFilePermissions(directory));
        others.removeAll(OWNER_ONLY);
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(directory + " is open to other users of this machine ("
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)) + "). chmod 700 "
                        + directory + ", or name a directory inside it, which is then made.");
    }

    /** Stores something and removes it, the only proof that this can be done. */
    private Optional<String> unusable() {
        ArchiveName probe = ArchiveName.random(new SecureRandom());
        try {
            archives.put(probe, out -> out.write(new byte[1024]));
            archives.open(probe, ByteRange.whole(1024)).close();
            archives.delete(probe);
            return Optional.empty();
        } catch (ArchiveException | IOException e) {
            return Optional.of(directory + " cannot be used. "
                    + (e instanceof ArchiveException said
                            ? said.getMessage()
                            : e.getClass().getSimpleName()));
        }
    }

    private String cannotBeMade(Path parent, IOException e) {
        String reason = DiskFault.of(e, parent) == DiskFault.FORBIDDEN
                ? "this user may not write in " + parent
                : "the system says " + e.getClass().getSimpleName();
        return directory + " cannot be made: " + reason + ". Make it, or name another directory.";
    }
}

package dev.exeunt.app.demo;

import dev.exeunt.ExeuntException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the demo's files stay, for the reader to look into: a new directory each time, so that none is overwritten. */
record DemoDirectory(Path path) {

    private static final String NAME = "exeunt-demo";
    private static final int TRIES = 1000;

    /** {@code exeunt-demo}, {@code exeunt-demo-2}, ... here, or a temporary one where here is not writable. */
    static DemoDirectory create() {
        try {
            return new DemoDirectory(Files.isWritable(Path.of("").toAbsolutePath()) ? numbered() : temporary());
        } catch (IOException e) {
            throw new ExeuntException(
                    "There is no place to write the demo's files to, neither here nor in "
                            + System.getProperty("java.io.tmpdir") + ".",
                    e);
        }
    }

    private static Path numbered() throws IOException {
        for (int i = 1; i <= TRIES; i++) {
            try {
                return Files.createDirectory(Path.of(i == 1 ? NAME : NAME + "-" + i));
            } catch (FileAlreadyExistsException e) {
                // of an earlier demo
            }
        }
        return temporary();
    }

    private static Path temporary() throws IOException {
        return Files.createTempDirectory(NAME + "-");
    }

    Path write(String name, String content) {
        try {
            return Files.writeString(path.resolve(name), content);
        } catch (IOException e) {
            throw new ExeuntException(path.resolve(name) + " cannot be written.", e);
        }
    }
}

package dev.exeunt.app.command;

import dev.exeunt.ExeuntException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a password from the first line of a file, as secrets are handed to containers. */
final class PasswordFile {

    private PasswordFile() {}

    /** @throws ExeuntException where there is none; what the file holds is not repeated */
    static String read(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            if (line == null || line.isEmpty()) {
                throw new ExeuntException(
                        "--db-password-file: the first line of " + file + " is empty. Write the password there.");
            }
            return line;
        } catch (IOException e) {
            throw new ExeuntException(
                    "--db-password-file: there is no file " + file + " that can be read as UTF-8.", e);
        }
    }
}

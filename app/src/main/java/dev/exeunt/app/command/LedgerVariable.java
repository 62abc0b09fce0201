package dev.exeunt.app.command;

import dev.exeunt.ExeuntException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads from the environment where the copy of the ledger outside the database is: {@code EXEUNT_LEDGER}. */
public final class LedgerVariable {

    public static final String NAME = "EXEUNT_LEDGER";

    private LedgerVariable() {}

    /** @throws ExeuntException where the value is no path */
    public static Optional<Path> file(Map<String, String> env) {
        String value = env.getOrDefault(NAME, "");
        try {
            return value.isBlank() ? Optional.empty() : Optional.of(Path.of(value.strip()));
        } catch (InvalidPathException e) {
            throw new ExeuntException(NAME + " is no path of a file.", e);
        }
    }
}

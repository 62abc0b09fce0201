package dev.exeunt.app.command;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.PersonWithoutAccount;
import dev.exeunt.map.DataMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names a person without an account by a value, such as the e-mail address of a guest. */
public final class ValueOption {

    @Option(
            names = "--value",
            paramLabel = "NAME=VALUE",
            description =
                    "Instead of a KEY, for a person without an account: email=... for the rows that hold the value, by an"
                            + " identifier that a matches: link of the map uses.")
    private @Nullable String value;

    /** Whether a value is given instead of a key. */
    public boolean isGiven() {
        return value != null;
    }

    /** @throws ExeuntException unless either keys or a value are given */
    public void requireEither(List<String> keys) {
        if (keys.isEmpty() != isGiven()) {
            throw new ExeuntException(
                    isGiven() ? "Give either a KEY or --value, not both." : "Say whom: a KEY, or --value NAME=VALUE.");
        }
    }

    /** @throws ExeuntException where it is no name and value with an equals sign between */
    public PersonWithoutAccount person(Exeunt exeunt, DataMap map) {
        String given = value == null ? "" : value;
        int equals = given.indexOf('=');
        if (equals < 1) {
            throw new ExeuntException("--value takes a name and a value, such as email=guest@example.org.");
        }
        return exeunt.personWithoutAccount(map, given.substring(0, equals), given.substring(equals + 1));
    }

    /** The value without its name, as it is typed for confirmation. */
    public String typed() {
        String given = value == null ? "" : value;
        return given.substring(given.indexOf('=') + 1);
    }
}

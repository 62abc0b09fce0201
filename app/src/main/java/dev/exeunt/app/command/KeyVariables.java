package dev.exeunt.app.command;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the key of erased people, and those before it, from the environment alone: an option would stand in the list of processes. */
public final class KeyVariables {

    private KeyVariables() {}

    public static Optional<HashKey> key(Map<String, String> environment) {
        List<HashKey> former = keys(environment, MapCommand.FORMER_KEYS_VARIABLE, ",");
        return keys(environment, MapCommand.KEY_VARIABLE, "$").stream()
                .map(key -> key.withFormer(former))
                .findFirst();
    }

    /** Returns no key where the variable is not set. */
    private static List<HashKey> keys(Map<String, String> environment, String variable, String between) {
        String value = environment.getOrDefault(variable, "");
        try {
            return value.isBlank()
                    ? List.of()
                    : Stream.of(value.split(between)).map(HashKey::ofHex).toList();
        } catch (ExeuntException e) {
            throw new ExeuntException(variable + " cannot be used. " + e.getMessage(), e);
        }
    }
}

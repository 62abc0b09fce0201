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
        String former = environment.getOrDefault(MapCommand.FORMER_KEYS_VARIABLE, "");
        List<HashKey> earlier = former.isBlank()
                ? List.of()
                : Stream.of(former.split(","))
                        .map(hex -> key(MapCommand.FORMER_KEYS_VARIABLE, hex))
                        .toList();
        String present = environment.getOrDefault(MapCommand.KEY_VARIABLE, "");
        return present.isBlank()
                ? Optional.empty()
                : Optional.of(key(MapCommand.KEY_VARIABLE, present).withFormer(earlier));
    }

    private static HashKey key(String variable, String hex) {
        try {
            return HashKey.ofHex(hex);
        } catch (ExeuntException e) {
            throw new ExeuntException(variable + " cannot be used. " + e.getMessage(), e);
        }
    }
}

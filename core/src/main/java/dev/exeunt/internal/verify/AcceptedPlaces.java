package dev.exeunt.internal.verify;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.ReasonReader;
import dev.exeunt.internal.scan.TermKind;
import dev.exeunt.map.FindingCode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells for which reason the map accepts what a search finds. A reference that the map accepts where {@code check} finds it is
 * accepted once for all: the search finds the same keys and identifiers there.
 */
public final class AcceptedPlaces {

    private static final List<FindingCode> REFERENCES =
            List.of(FindingCode.UNDECLARED_LINK, FindingCode.HIDDEN_REFERENCE);

    private final MapDefinition map;

    public AcceptedPlaces(MapDefinition map) {
        this.map = map;
    }

    /**
     * Returns the reason, or null where the map does not accept it.
     *
     * @param kind what was found, in the word of a {@link TermKind}
     */
    public @Nullable String reason(String table, String column, String kind) {
        boolean value = kind.equals(TermKind.VALUE.toString());
        return Stream.concat(
                        Stream.of(ReasonReader.UNREACHED_DATA),
                        REFERENCES.stream().filter(c -> !value).map(FindingCode::word))
                .map(code -> map.reasonToAccept(code, table, column))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}

package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.Feature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a role's rows.
 *
 * @param rules by column
 * @param values for {@code detach} the columns to empty, none for all; for {@code reassign} the standing row's key
 * @param law whether a keep has a legal basis
 */
public record Fate(Kind kind, Map<String, Rule> rules, List<String> retain, List<String> values, boolean law) {

    public enum Kind {
        DELETE,
        ANONYMIZE,
        DETACH,
        REASSIGN,
        KEEP,
        UNDECIDED
    }

    public static final Fate DELETE = new Fate(Kind.DELETE, Map.of(), List.of(), List.of(), false);

    public Fate {
        rules = new LinkedHashMap<>(rules);
        retain = List.copyOf(retain);
        values = List.copyOf(values);
    }

    public boolean severs() {
        return kind == Kind.DETACH || kind == Kind.REASSIGN;
    }

    public boolean deletes() {
        return kind == Kind.DELETE;
    }

    List<Feature> features() {
        List<Feature> features = new ArrayList<>();
        features.add(
                kind == Kind.DETACH && !values.isEmpty()
                        ? Feature.FATE_DETACH_SOME
                        : law ? Feature.FATE_KEEP_BY_LAW : Feature.valueOf("FATE_" + kind));
        if (!retain.isEmpty()) {
            features.add(Feature.RETAIN);
        }
        rules.values().forEach(r -> features.add(r.feature()));
        return features;
    }
}

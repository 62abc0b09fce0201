package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.TestedFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Models what becomes of a role's rows.
 *
 * @param rules by column
 * @param values for {@code detach} the columns to empty, none for all; for {@code reassign} the standing row's key
 * @param law whether a keep has a legal basis
 */
public record ModelFate(
        ModelFateKind kind, Map<String, ModelRule> rules, List<String> retain, List<String> values, boolean law) {

    /** Lists the fates that a map model knows. */
    public enum ModelFateKind {
        DELETE,
        ANONYMIZE,
        DETACH,
        REASSIGN,
        KEEP,
        UNDECIDED
    }

    public static final ModelFate DELETE = new ModelFate(ModelFateKind.DELETE, Map.of(), List.of(), List.of(), false);

    public ModelFate {
        rules = new LinkedHashMap<>(rules);
        retain = List.copyOf(retain);
        values = List.copyOf(values);
    }

    public boolean severs() {
        return kind == ModelFateKind.DETACH || kind == ModelFateKind.REASSIGN;
    }

    public boolean deletes() {
        return kind == ModelFateKind.DELETE;
    }

    List<TestedFeature> features() {
        List<TestedFeature> features = new ArrayList<>();
        features.add(
                kind == ModelFateKind.DETACH && !values.isEmpty()
                        ? TestedFeature.FATE_DETACH_SOME
                        : law ? TestedFeature.FATE_KEEP_BY_LAW : TestedFeature.valueOf("FATE_" + kind));
        if (!retain.isEmpty()) {
            features.add(TestedFeature.RETAIN);
        }
        rules.values().forEach(r -> features.add(r.feature()));
        return features;
    }
}

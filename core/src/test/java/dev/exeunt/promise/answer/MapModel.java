package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.RandomSchema;
import dev.exeunt.promise.made.RandomTable;
import dev.exeunt.promise.made.TestedFeature;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Models a data map in memory, so that tests can change it and follow its links.
 *
 * @param sections by table, each one that has roles
 * @param identifiers of the subject
 */
public record MapModel(
        RandomSchema schema,
        Map<RandomTable, String> sections,
        List<ModelRole> roles,
        Set<String> notPersonal,
        List<String> identifiers) {

    public MapModel {
        sections = new LinkedHashMap<>(sections);
        roles = List.copyOf(roles);
        notPersonal = Set.copyOf(notPersonal);
        identifiers = List.copyOf(identifiers);
    }

    public List<ModelRole> rolesOf(RandomTable table) {
        return roles.stream().filter(r -> r.table() == table).toList();
    }

    /** Those whose statements reach the rows of a table: its own, and those of the tables it inherits from. */
    public List<ModelRole> reaching(RandomTable table) {
        return roles.stream()
                .filter(r -> r.table() == table || r.table() == table.above())
                .toList();
    }

    MapModel with(List<ModelRole> other) {
        return new MapModel(schema, sections, other, notPersonal, identifiers);
    }

    /** What occurs in the map and in the tables that it speaks of. */
    public Set<TestedFeature> features() {
        Set<TestedFeature> features = EnumSet.noneOf(TestedFeature.class);
        for (ModelRole role : roles) {
            features.addAll(role.table().features());
            features.addAll(role.fate().features());
            if (role.where() != null) {
                features.add(TestedFeature.LINK_NARROWED);
            }
            if (role.where() == ModelCondition.PURE) {
                features.add(TestedFeature.WHERE_PURE_FUNCTION);
            }
            if (role.where() == ModelCondition.LYING) {
                features.add(TestedFeature.WHERE_LYING_FUNCTION);
            }
            if (role.link() instanceof ModelLink.ModelIdentifierLink matches) {
                features.add(TestedFeature.LINK_BY_VALUE);
                if (matches.shared() != null) {
                    features.add(TestedFeature.valueOf("SHARED_"
                            + matches.shared().toUpperCase(Locale.ROOT).replace('-', '_')));
                }
            }
            if (role.link() instanceof ModelLink.ModelDirectLink direct
                    && direct.on().contains(RandomTable.MEMBER)) {
                features.add(direct.on().size() > 1 ? TestedFeature.TENANT_PAIR : TestedFeature.UNDECLARED_LINK);
            }
            if (role.hidden() || !role.except().isEmpty()) {
                features.add(role.hidden() ? TestedFeature.EXPORT_NONE : TestedFeature.EXPORT_EXCEPT);
            }
            if (depth(role, 0) >= 3) {
                features.add(TestedFeature.THROUGH_THREE_DEEP);
            }
            if (role.link() instanceof ModelLink.ModelThroughLink t
                    && t.parent() == role.table()
                    && t.roles().contains(role.name())) {
                features.add(TestedFeature.TREE);
            }
            if (rolesOf(role.table()).stream()
                    .anyMatch(r -> r.fate().kind() != role.fate().kind())) {
                features.add(TestedFeature.ROLES_THAT_DISAGREE);
            }
        }
        if (features.contains(TestedFeature.TRIGGER_COPIES)
                && schema.acceptedCopies().isPresent()) {
            features.add(TestedFeature.TRIGGER_COPIES_ACCEPTED);
        }
        return features;
    }

    /** Without the word that says whose rows those of a shared value are. */
    public MapModel withoutSharedWords() {
        return with(roles.stream()
                .map(r -> r.link() instanceof ModelLink.ModelIdentifierLink m
                        ? r.linked(new ModelLink.ModelIdentifierLink(m.identifier(), m.column(), null))
                        : r)
                .toList());
    }

    /** With a condition that calls a STABLE function in the place of each other. */
    public MapModel withStableConditions() {
        return with(roles.stream()
                .map(r -> r.self() ? r : r.narrowed(ModelCondition.STABLE))
                .toList());
    }

    /** How many rows lie between a row and the person, at most; a tree counts once. */
    private int depth(ModelRole role, int so) {
        if (!(role.link() instanceof ModelLink.ModelThroughLink through) || so > 3) {
            return so + 1;
        }
        return roles.stream()
                .filter(r -> r.table() == through.parent() && through.roles().contains(r.name()) && r != role)
                .mapToInt(r -> depth(r, so + 1))
                .max()
                .orElse(so + 1);
    }
}

package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.Feature;
import dev.exeunt.promise.made.MadeSchema;
import dev.exeunt.promise.made.MadeTable;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A map as a model: what a file of it says, to be changed and followed.
 *
 * @param sections by table, each one that has roles
 * @param identifiers of the subject
 */
public record Answers(
        MadeSchema schema,
        Map<MadeTable, String> sections,
        List<Role> roles,
        Set<String> notPersonal,
        List<String> identifiers) {

    public Answers {
        sections = new LinkedHashMap<>(sections);
        roles = List.copyOf(roles);
        notPersonal = Set.copyOf(notPersonal);
        identifiers = List.copyOf(identifiers);
    }

    public List<Role> rolesOf(MadeTable table) {
        return roles.stream().filter(r -> r.table() == table).toList();
    }

    /** Those whose statements reach the rows of a table: its own, and those of the tables it inherits from. */
    public List<Role> reaching(MadeTable table) {
        return roles.stream()
                .filter(r -> r.table() == table || r.table() == table.above())
                .toList();
    }

    Answers with(List<Role> other) {
        return new Answers(schema, sections, other, notPersonal, identifiers);
    }

    /** What occurs in the map and in the tables that it speaks of. */
    public Set<Feature> features() {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        for (Role role : roles) {
            features.addAll(role.table().features());
            features.addAll(role.fate().features());
            if (role.where() != null) {
                features.add(Feature.LINK_NARROWED);
            }
            if (role.link() instanceof Link.Matches) {
                features.add(Feature.LINK_BY_VALUE);
            }
            if (role.hidden() || !role.except().isEmpty()) {
                features.add(role.hidden() ? Feature.EXPORT_NONE : Feature.EXPORT_EXCEPT);
            }
            if (depth(role, 0) >= 3) {
                features.add(Feature.THROUGH_THREE_DEEP);
            }
            if (role.link() instanceof Link.Through t
                    && t.parent() == role.table()
                    && t.roles().contains(role.name())) {
                features.add(Feature.TREE);
            }
            if (rolesOf(role.table()).stream()
                    .anyMatch(r -> r.fate().kind() != role.fate().kind())) {
                features.add(Feature.ROLES_THAT_DISAGREE);
            }
        }
        return features;
    }

    /** How many rows lie between a row and the person, at most; a tree counts once. */
    private int depth(Role role, int so) {
        if (!(role.link() instanceof Link.Through through) || so > 3) {
            return so + 1;
        }
        return roles.stream()
                .filter(r -> r.table() == through.parent() && through.roles().contains(r.name()) && r != role)
                .mapToInt(r -> depth(r, so + 1))
                .max()
                .orElse(so + 1);
    }
}

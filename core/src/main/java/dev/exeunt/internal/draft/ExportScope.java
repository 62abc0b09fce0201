package dev.exeunt.internal.draft;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.WeakRows;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.PersonalDataCategory;
import dev.exeunt.internal.names.TablePurpose;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides which columns of a role's rows the person's export leaves out: secrets everywhere, and what tells of other people where the
 * person only did something to the row, or the row is about the person.
 */
final class ExportScope {

    /** Rows by which others keep away from a person: the person must not learn of them. */
    private static final Set<String> AVOIDING = NameWords.set("mute block ignore");

    private ExportScope() {}

    /** Whether the export holds none of these rows. */
    static boolean none(DraftRole role) {
        DraftTable table = role.table();
        boolean othersRow = table.isSubject() && !role.isSelf();
        boolean othersBelow = role.stance() == LinkRelation.PARENT
                && (!table.direct().isEmpty() || WeakRows.below(role) || belowRecord(role));
        return othersRow || othersBelow || acted(role) || avoided(role);
    }

    /** What hangs off a record about the person was written by others: evidence, notes on a case. */
    private static boolean belowRecord(DraftRole role) {
        return !role.parents().isEmpty()
                && role.parents().stream().allMatch(p -> p.table().kind() == TablePurpose.EVIDENCE);
    }

    /** The person did something to a row that is about another one, or that is a record of what was done. */
    private static boolean acted(DraftRole role) {
        boolean record = role.table().kind() == TablePurpose.EVIDENCE;
        boolean others = others(role).stream().anyMatch(r -> r.stance() != LinkRelation.ACTOR);
        return role.claim() == LinkRelation.ACTOR && (record || role.stance() == LinkRelation.ACTOR && others);
    }

    private static boolean avoided(DraftRole role) {
        List<String> words = NameWords.singular(role.table().name().name());
        return role.direct()
                && role.stance() == LinkRelation.TARGET
                && words.stream().anyMatch(AVOIDING::contains)
                && role.table().kind() == TablePurpose.PERSONAL;
    }

    private static List<DraftRole> others(DraftRole role) {
        return role.table().direct().stream().filter(r -> r != role).toList();
    }

    /** Roles that reach the rows by an alias of a person, beside the link of this one. */
    private static Stream<DraftRole> aliases(DraftRole role) {
        return role.table().roles().stream()
                .filter(r -> r != role && r.through() && r.link().inferred());
    }

    /** The columns to leave out, in the table's order. */
    static List<String> except(DraftRole role) {
        Set<String> left = new LinkedHashSet<>();
        for (Column column : role.table().table().columns()) {
            boolean secret = ColumnHeuristics.secret(role.table().table(), column);
            if (secret || tells(role, column)) {
                left.add(column.name());
            }
        }
        return List.copyOf(left);
    }

    private static boolean tells(DraftRole role, Column column) {
        boolean valued = role.link() instanceof DraftLink.DraftIdentifierLink;
        boolean own = role.link().columns().contains(column.name());
        if (own || !role.direct() && !valued) {
            return false;
        }
        Optional<DraftRole> other = Stream.concat(others(role).stream(), aliases(role))
                .filter(r -> r.link().columns().contains(column.name()))
                .findFirst();
        boolean acted = role.direct() && role.claim() == LinkRelation.ACTOR;
        boolean about = role.direct() && about(role);
        if (other.isPresent()) {
            boolean record = role.table().kind() == TablePurpose.EVIDENCE;
            boolean actor = other.get().stance() == LinkRelation.ACTOR;
            boolean needed = role.table().table().primaryKey().contains(column.name());
            return (record || acted || about || actor || valued) && !needed;
        }
        PersonalDataCategory category = PersonalDataCategory.of(column);
        return acted && (category.identifies() || invitation(role, category))
                || about && category == PersonalDataCategory.FREE;
    }

    /** Whether another person wrote the row about this one, and did not send it to them. */
    private static boolean about(DraftRole role) {
        return role.stance() == LinkRelation.TARGET
                && !LinkRelation.addressee(role.link().columns())
                && !others(role).isEmpty();
    }

    /** An invitation names the invited person by an address, and often by a name. */
    private static boolean invitation(DraftRole role, PersonalDataCategory category) {
        return category == PersonalDataCategory.FREE
                && TablePurpose.heldByAddress(role.table().name().name());
    }
}

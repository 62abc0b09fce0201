package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.PersonalDataCategory;
import dev.exeunt.internal.schema.ForeignKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks about rows that the person's own row refers to and that say something about a person: a picture, an address, a profile. A
 * pointer alone proves no part: other people may share the row. What people work in and plain lists are left alone.
 */
public final class SubjectPointers {

    private static final Set<String> OF_PEOPLE = NameWords.set("""
            avatar picture photo image portrait profile person people contact address detail signature biography
            identity human individual
            """);

    private final DraftModel model;

    public SubjectPointers(DraftModel model) {
        this.model = model;
    }

    public void ask() {
        DraftTable subject = model.subject();
        Optional<DraftRole> self =
                subject.roles().stream().filter(DraftRole::isSelf).findFirst();
        for (ForeignKey key : subject.table().foreignKeys()) {
            DraftTable held = model.table(key.parent());
            if (held != null && free(held) && personal(held) && self.isPresent()) {
                ask(self.get(), key, held);
            }
        }
    }

    private static boolean free(DraftTable held) {
        return !held.isSubject() && !held.container() && held.all().isEmpty();
    }

    private static boolean personal(DraftTable held) {
        return NameWords.singular(held.name().name()).stream().anyMatch(OF_PEOPLE::contains)
                || held.table().columns().stream()
                        .map(PersonalDataCategory::of)
                        .anyMatch(c -> c.identifies() && c != PersonalDataCategory.SECRET);
    }

    private void ask(DraftRole self, ForeignKey key, DraftTable held) {
        DraftRole role =
                held.add(new DraftLink.DraftReverseLink(key), LinkRelation.PARENT, NameWords.roleName(key.columns()));
        role.parents().add(self);
        String others = model.referringTo(held.name()).stream()
                .filter(k -> !k.equals(key))
                .map(k -> k.child() + "." + String.join(", ", k.columns()))
                .distinct()
                .collect(Collectors.joining(", "));
        role.propose(
                ProposedFate.UNDECIDED,
                "The person's row refers to it" + counted(held)
                        + (others.isEmpty() ? "" : ", and so may " + others)
                        + ". Is it this person's alone (delete, which needs a UNIQUE index on each key that refers to it), or do"
                        + " others use it (keep)?");
    }

    private String counted(DraftTable held) {
        long rows = held.table().estimatedRows();
        long people = model.subject().table().estimatedRows();
        return rows > 0 && people > 0 ? " (about " + rows + " rows for " + people + " people)" : "";
    }
}

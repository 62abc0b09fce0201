package dev.exeunt.internal.search;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells by its name whether a column, or a member of a JSON document, refers to a person: {@code user_id}, {@code member_ids}, {@code
 * owner}, {@code created_by}, or as a link of the map is called.
 */
public final class PersonNames {

    private static final Set<String> COMMON = Set.of(
            "user",
            "person",
            "people",
            "owner",
            "author",
            "member",
            "actor",
            "creator",
            "requester",
            "sender",
            "recipient",
            "assignee",
            "reviewer",
            "customer",
            "employee",
            "student",
            "patient",
            "subscriber",
            "participant",
            "approver",
            "editor",
            "uploader",
            "reporter",
            "moderator",
            "inviter",
            "invitee",
            "buyer",
            "seller",
            "whodunnit");
    /** What follows the word that names a person in a column's name. */
    private static final Set<String> ENDINGS = Set.of("id", "ids", "key", "keys", "no", "number", "ref");

    private final String subject;
    private final Set<String> words = new LinkedHashSet<>(COMMON);
    private final Set<String> links = new LinkedHashSet<>();

    private PersonNames(String subject) {
        this.subject = subject;
        words.add(subject);
    }

    /** Collects the names from the subject's table and from the links that hold its key. */
    public static PersonNames of(Plan plan) {
        return of(plan.subject(), plan.self(), plan.roles());
    }

    /** As {@link #of(Plan)}, for a map that need not be sound. */
    public static PersonNames of(BoundMap bound) {
        return of(bound.subject(), bound.self(), bound.roles());
    }

    private static PersonNames of(PlannedSubject subject, RoleId self, List<PlannedRole> roles) {
        PersonNames names = new PersonNames(singular(subject.table().name().name()));
        roles.stream()
                .filter(r -> !r.id().equals(self))
                .filter(r -> r.source() instanceof KeySource.SubjectKeyValues && r.on().size() == 1)
                .forEach(r -> names.addLink(r.on().get(0)));
        return names;
    }

    private void addLink(Column link) {
        links.add(link.name().toLowerCase(Locale.ROOT));
        List<String> name = ColumnHeuristics.nameWords(link.name());
        if (name.size() > 1 && ENDINGS.contains(name.get(name.size() - 1))) {
            words.add(name.get(name.size() - 2));
        }
    }

    /** The singular of the subject's table, e.g. {@code user}. */
    String subject() {
        return subject;
    }

    /** Words that name a person anywhere in a name. */
    List<String> words() {
        return List.copyOf(words);
    }

    /** Whole names that name a person, in lower case. */
    List<String> wholeNames() {
        return List.copyOf(links);
    }

    /** Whether the name reads like a reference to a person. */
    public boolean refer(String column) {
        List<String> name = ColumnHeuristics.nameWords(column);
        if (name.isEmpty()) {
            return false;
        }
        String last = name.get(name.size() - 1);
        return links.contains(column.toLowerCase(Locale.ROOT))
                || name.size() > 1 && last.equals("by")
                || name.size() > 1 && ENDINGS.contains(last) && words.contains(name.get(name.size() - 2))
                || words.contains(last)
                || words.contains(singular(last));
    }

    private static String singular(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() > 1 && lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
    }
}

package dev.exeunt.internal.plan.rule;

import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    private static final Set<String> ADDRESSES = Set.of("email", "mail", "emails");
    /** What is done {@code by} something else than a person: {@code order_by}. */
    private static final Set<String> NOT_DONE =
            Set.of("order", "ordered", "sort", "sorted", "group", "grouped", "divided");

    private final String table;
    private final String subject;
    private final Set<String> words = new LinkedHashSet<>(COMMON);
    private final Set<String> links = new LinkedHashSet<>();

    private PersonNames(String table) {
        this.table = table;
        this.subject = singular(table);
        words.add(subject);
    }

    /** Collects the names from the subject's table and from the links that hold its key. */
    public static PersonNames of(Plan plan) {
        return of(plan.subject(), plan.roles());
    }

    /** As {@link #of(Plan)}, for a map that need not be sound. */
    public static PersonNames of(BoundMap bound) {
        return of(bound.subject(), bound.roles());
    }

    private static PersonNames of(PlannedSubject subject, List<PlannedRole> roles) {
        PersonNames names = new PersonNames(subject.table().name().name());
        roles.stream()
                .filter(r -> !r.table().name().equals(subject.table().name())
                        || !r.id().role().equals(Role.SELF))
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
    public String subject() {
        return subject;
    }

    /** Words that name a person anywhere in a name. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** Whole names that name a person, in lower case. */
    public List<String> wholeNames() {
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
                || name.size() > 1 && last.equals("by") && !NOT_DONE.contains(name.get(name.size() - 2))
                || name.size() > 1 && ENDINGS.contains(last) && words.contains(name.get(name.size() - 2))
                || words.contains(last)
                || words.contains(singular(last));
    }

    /** Whether the name reads like the subject's key in another table: {@code user_id}, {@code memberId}. */
    public boolean nameKey(String column) {
        return Stream.of("user", table, subject).anyMatch(name -> plain(column).equals(plain(name + "id")));
    }

    /** Whether the name is about the person whose row it stands in, and not about another one: {@code user_no} among users. */
    public boolean nameSubject(String column) {
        List<String> name = ColumnHeuristics.nameWords(column);
        return name.stream().anyMatch(word -> word.equals(subject) || word.equals(table)) && !name.contains("by");
    }

    /**
     * Returns the word that names a person before the ending of a key: {@code recipient} of {@code first_recipient_id}. Empty where the
     * name has no such ending.
     */
    public Optional<String> personOf(String column) {
        List<String> name = ColumnHeuristics.nameWords(column);
        int last = name.size() - 1;
        return last > 0 && ENDINGS.contains(name.get(last))
                ? Optional.of(singular(name.get(last - 1)))
                : Optional.empty();
    }

    /** Whether the name is the plural of a person, without a word for their keys: {@code members}. */
    public boolean nameSeveral(String column) {
        List<String> name = ColumnHeuristics.nameWords(column);
        return !name.isEmpty()
                && !words.contains(name.get(name.size() - 1))
                && words.contains(singular(name.get(name.size() - 1)));
    }

    /** Whether the name reads like an e-mail address: {@code email}, {@code author_email}. */
    public static boolean nameAddress(String column) {
        List<String> name = ColumnHeuristics.nameWords(column);
        return !name.isEmpty() && ADDRESSES.contains(name.get(name.size() - 1));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** Returns the name in lower case, without the {@code s} of a plural. */
    public static String singular(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() > 1 && lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
    }
}

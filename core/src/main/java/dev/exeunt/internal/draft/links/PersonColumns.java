package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnPrefix;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells by name and type which column holds a person's key where no foreign key says so: {@code user_id}, {@code owner}, {@code
 * created_by_id}. Names are compared with the tables of the column's own schema first. A name that several schemas have a
 * table for is ambiguous.
 */
final class PersonColumns {

    /** Says how a column's name reads. */
    enum Reading {
        OTHER,
        PERSON,
        /** a table in another schema has the subject's name as well */
        AMBIGUOUS
    }

    private static final Set<String> PEOPLE = NameWords.set("""
            user usr owner author member creator person sender recipient receiver follower followee friend assignee
            reviewer approver moderator editor actor invitee inviter host guest participant subscriber uploader
            poster reporter voter buyer seller requester
            """);
    /** what may stand before a person's word without naming another table */
    private static final Set<String> QUALIFIERS = NameWords.set("""
            resource record object primary main original current last first second new old target acting requesting
            responsible assigned default
            """);
    /** names that need no {@code id} behind them, where the type is the key's */
    private static final Set<String> BARE = NameWords.set("user usr owner requester author creator assignee member");

    /** as above, where a text may be a person's name as well as a key */
    private static final Set<String> PLAINLY = NameWords.set("user usr owner requester");

    private static final Set<String> NOT_DONE = NameWords.set("sort order group filter divided sorted ordered grouped");
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

    private final DraftModel model;
    private final String subject;
    private final @Nullable Column key;

    /** by their names in the singular */
    private final Map<String, Set<Table>> tables;

    PersonColumns(DraftModel model) {
        this.model = model;
        Table people = model.subject().table();
        this.subject = singular(people.name().name());
        this.tables = model.schema().tables().stream()
                .collect(Collectors.groupingBy(t -> singular(t.name().name()), Collectors.toSet()));
        this.key = model.key().size() == 1 ? people.require(model.key().get(0)) : null;
    }

    /** Whether one of the words names a person. */
    static boolean namePerson(List<String> words) {
        return words.stream().anyMatch(PEOPLE::contains);
    }

    /** Whether the type can hold the subject's key. */
    boolean comparable(Column column) {
        if (key == null) {
            return false;
        }
        String base = column.type().baseName();
        String keyType = key.type().baseName();
        boolean bothIntegers = INTEGERS.contains(base) && INTEGERS.contains(keyType);
        return bothIntegers
                || base.equals(keyType)
                || column.type().isText() && key.type().isText();
    }

    /** Reads the name of a column whose type can hold the key, also without the prefix of its table: {@code wl_user}. */
    Reading read(Table table, Column column) {
        Reading whole = read(table, column.name());
        String bare = ColumnPrefix.bareName(table, column.name());
        return whole == Reading.OTHER && !bare.equals(column.name()) ? read(table, bare) : whole;
    }

    private Reading read(Table table, String name) {
        List<String> words = NameWords.singular(name);
        if (acted(words, name)) {
            return whose(table, words.get(1));
        }
        boolean own = table.name().equals(model.subject().name());
        if (done(words)) {
            return Reading.PERSON;
        }
        boolean bare = words.size() == 1 && bare(words.get(0)) && !several(words.get(0), name);
        String named = bare ? words.get(0) : beforeId(words);
        if (named.isEmpty() || !bare && !person(words, named) || own && (bare || plain(named))) {
            return Reading.OTHER;
        }
        return whose(table, named);
    }

    /** {@code deleted_user}: a number by that name, unless it is of several people, is the key of one. */
    private boolean acted(List<String> words, String name) {
        return words.size() == 2
                && plain(words.get(1))
                && NameWords.of(name).equals(List.of(NameWords.of(name).get(0), words.get(1)))
                && !Objects.requireNonNull(key).type().isText()
                && LinkRelation.of(List.of(words.get(0)), "") != LinkRelation.OWNER;
    }

    /** A number called {@code users} counts them. */
    private boolean several(String word, String name) {
        return !NameWords.of(name).equals(List.of(word))
                && INTEGERS.contains(Objects.requireNonNull(key).type().baseName());
    }

    private boolean bare(String word) {
        boolean text = Objects.requireNonNull(key).type().isText();
        return word.equals(subject) || (text ? PLAINLY : BARE).contains(word);
    }

    private boolean plain(String named) {
        return named.equals(subject) || named.equals("user");
    }

    private boolean person(List<String> words, String named) {
        String last = words.get(words.size() - 2);
        boolean qualified = words.subList(0, words.size() - 2).stream().allMatch(QUALIFIERS::contains);
        boolean user = last.equals("user") || last.equals(subject) && words.size() > 2;
        return plain(named)
                || PEOPLE.contains(last) && qualified
                || user && whose(model.subject().table(), last) == Reading.PERSON;
    }

    /** {@code created_by}, {@code closed_by_id}: a person, and this is the only table of people known. */
    private static boolean done(List<String> words) {
        boolean id = !words.isEmpty() && ends(words);
        List<String> before = id ? words.subList(0, words.size() - 1) : words;
        return before.size() > 1
                && before.get(before.size() - 1).equals("by")
                && before.stream().noneMatch(NOT_DONE::contains);
    }

    private static String beforeId(List<String> words) {
        return words.size() > 1 && ends(words) ? String.join("", words.subList(0, words.size() - 1)) : "";
    }

    private static boolean ends(List<String> words) {
        return Set.of("id", "uuid").contains(words.get(words.size() - 1));
    }

    /** Looks in the table's own schema first, then in all. */
    private Reading whose(Table table, String named) {
        Set<Table> everywhere = tables.getOrDefault(named, Set.of());
        Set<Table> here = everywhere.stream()
                .filter(t -> t.name().schema().equals(table.name().schema()))
                .collect(Collectors.toSet());
        Set<Table> meant = here.isEmpty() ? everywhere : here;
        boolean subjects = meant.contains(model.subject().table());
        if (meant.isEmpty() || subjects && meant.size() == 1) {
            return Reading.PERSON;
        }
        return subjects ? Reading.AMBIGUOUS : Reading.OTHER;
    }

    private static String singular(String name) {
        return String.join("", NameWords.singular(name));
    }
}

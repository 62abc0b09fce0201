package dev.exeunt.internal.names;

import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.IdentifierUniqueness;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.internal.schema.Table;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Guesses which columns of the subject's table identify a person and which holds the creation time. */
public final class SubjectHeuristics {

    private static final Set<String> PROVISIONAL = Set.of("new", "old", "pending", "unconfirmed", "previous", "backup");
    /** what may stand behind {@code email} in the name of an address: the same address in another form */
    private static final Set<String> FORMS = NameWords.set("""
            email mail mailbox address addr id normalized normalised canonical canonicalized lower lowercase lc ci
            primary login username name
            """);

    private static final List<String> CREATED = List.of(
            "created_at",
            "createdat",
            "created_on",
            "created",
            "creation_time",
            "creation_date",
            "date_created",
            "date_joined",
            "joined_at",
            "registered_at",
            "signed_up_at",
            "inserted_at");

    private SubjectHeuristics() {}

    /**
     * As {@link #identifiers(Table)}, without an e-mail address that two people may share, unless tables hold addresses: a link by one leaves
     * the rows of a shared address alone.
     */
    public static List<String> identifiers(Table table, Collection<Table> tables) {
        boolean matched = tables.stream()
                .anyMatch(t ->
                        !t.name().equals(table.name()) && AddressColumns.of(t).isPresent());
        return identifiers(table).stream()
                .filter(c -> matched || !email(table.require(c)) || uniqueAddress(table, c))
                .toList();
    }

    /** Whether the address, or another form of it such as {@code email_constraint}, stands in a unique index. */
    private static boolean uniqueAddress(Table table, String column) {
        return unique(table, table.require(column))
                || table.indexes().stream()
                        .filter(Index::unique)
                        .flatMap(i -> i.columns().stream())
                        .anyMatch(c -> email(table.require(c)));
    }

    private static boolean email(Column column) {
        return PersonalDataCategory.of(column) == PersonalDataCategory.EMAIL;
    }

    /** Text columns a person is known by, e-mail first. A column that is unique only together with another name is none. */
    public static List<String> identifiers(Table table) {
        return table.columns().stream()
                .filter(c -> c.type().isText() && !c.generated())
                .filter(c -> NameWords.of(c.name()).stream().noneMatch(PROVISIONAL::contains))
                .filter(c -> PersonalDataCategory.of(c) != PersonalDataCategory.EMAIL || address(c))
                .filter(c -> unique(table, c) || !uniqueTogether(table, c))
                .filter(c -> rank(c) < 2 || rank(c) <= 3 && unique(table, c))
                .sorted(Comparator.comparingInt(SubjectHeuristics::rank))
                .map(Column::name)
                .toList();
    }

    /** A name that is shown, a phone number, a wallet's address or a login at another service tells a person from others only where no two may have the same. */
    private static boolean unique(Table table, Column column) {
        return table.indexes().stream()
                .anyMatch(i -> i.unique()
                        && (i.columns().equals(List.of(column.name()))
                                || i.columns().isEmpty()
                                        && i.expressions().size() == 1
                                        && IdentifierUniqueness.isLower(
                                                i.expressions().get(0), column)));
    }

    /** Whether it tells of a person. A moment or a flag says that the row is deleted; a key says in which organisation the person is. */
    private static boolean tells(Table table, String column) {
        List<String> words = NameWords.of(column);
        boolean key = table.foreignKeys().stream().anyMatch(f -> f.columns().contains(column))
                || words.size() > 1 && Set.of("id", "uuid").contains(words.get(words.size() - 1));
        return table.require(column).type().isText() && !key;
    }

    /** Whether the column is unique only beside another one that tells of the person: a name, and the host where it holds. */
    private static boolean uniqueTogether(Table table, Column column) {
        return table.indexes().stream()
                .anyMatch(i -> i.unique()
                        && i.columns().size() + i.expressions().size() > 1
                        && i.columns().stream().allMatch(c -> tells(table, c))
                        && (i.columns().contains(column.name())
                                || i.expressions().stream().anyMatch(e -> IdentifierUniqueness.isLower(e, column))));
    }

    /** Whether the column holds an address, and nothing about one: {@code email_address}, but not {@code email_frequency}. */
    private static boolean address(Column column) {
        List<String> words = NameWords.of(column.name());
        return FORMS.contains(words.get(words.size() - 1));
    }

    private static int rank(Column column) {
        return switch (PersonalDataCategory.of(column)) {
            case EMAIL -> 0;
            case LOGIN -> ColumnHeuristics.ofOtherService(NameWords.of(column.name())) ? 2 : 1;
            case NAME -> NameWords.of(column.name()).contains("display") ? 2 : Integer.MAX_VALUE;
            case PHONE, ADDRESS -> 3;
            default -> Integer.MAX_VALUE;
        };
    }

    public static Optional<String> created(Table table) {
        return CREATED.stream()
                .flatMap(name -> table.columns().stream()
                        .filter(c -> String.join("_", NameWords.of(c.name())).equals(name))
                        .filter(c -> c.type().category() == 'D'))
                .map(Column::name)
                .findFirst();
    }
}

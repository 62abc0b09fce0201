package dev.exeunt.internal.draft.names;

import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.Table;
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

    /** Text columns a person is known by, e-mail first. */
    public static List<String> identifiers(Table table) {
        return table.columns().stream()
                .filter(c -> c.type().isText() && !c.generated())
                .filter(c -> NameWords.of(c.name()).stream().noneMatch(PROVISIONAL::contains))
                .filter(c -> PersonalDataCategory.of(c) != PersonalDataCategory.EMAIL || address(c))
                .filter(c -> rank(c) < 2 || rank(c) <= 3 && unique(table, c))
                .sorted(Comparator.comparingInt(SubjectHeuristics::rank))
                .map(Column::name)
                .toList();
    }

    /** A name that is shown, a phone number, a wallet's address or a login at another service tells a person from others only where no two may have the same. */
    private static boolean unique(Table table, Column column) {
        return table.indexes().stream().anyMatch(i -> i.unique() && i.columns().equals(List.of(column.name())));
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

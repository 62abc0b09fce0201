package dev.exeunt.internal.names;

import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the column by which a row holds a person's e-mail address: {@code email}, else {@code contact_mail}, {@code mail_from}, or
 * the {@code recipient} of a mail. Addresses that a system sends from or wants answers to are settings and none of them.
 */
public final class AddressColumns {

    private static final Set<List<String>> PLAIN =
            Set.of(List.of("email"), List.of("email", "address"), List.of("mail"), List.of("e", "mail"));
    private static final Set<String> ENDINGS = Set.of("email", "mail", "address", "from", "to");
    private static final Set<String> SETTINGS = NameWords.set("""
            reply noreply support template setting settings footer transport smtp server domain admin system
            """);
    private static final Set<String> MAILS = NameWords.set("email mail message notification outbox delivery mailing");
    private static final Set<String> PARTIES = NameWords.set("recipient sender receiver addressee");

    private AddressColumns() {}

    /** The plainest name first; empty where no column reads like a person's address. */
    public static Optional<Column> of(Table table) {
        boolean mails = NameWords.singular(table.name().name()).stream().anyMatch(MAILS::contains);
        return table.columns().stream()
                .filter(c -> c.type().isText() && !c.generated())
                .filter(c -> plain(c) || qualified(c) || mails && party(c))
                .min(Comparator.comparing(c -> !plain(c)));
    }

    private static boolean plain(Column column) {
        return PLAIN.contains(NameWords.of(column.name()));
    }

    private static boolean qualified(Column column) {
        List<String> words = NameWords.of(column.name());
        return PersonalDataCategory.of(column) == PersonalDataCategory.EMAIL
                && ENDINGS.contains(words.get(words.size() - 1))
                && words.stream().noneMatch(SETTINGS::contains);
    }

    private static boolean party(Column column) {
        List<String> words = NameWords.of(column.name());
        return words.size() == 1 && PARTIES.contains(words.get(0));
    }
}

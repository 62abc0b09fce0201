package dev.exeunt.map;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists the ways in which a person may leave, from deleting their data to deleting their account. */
public enum AccountFlow {
    /** what the person made goes, the account stays */
    DELETE_DATA,
    /** the account is out of sight, and erased like {@link #DELETE_ACCOUNT} unless the person comes back in time */
    DEACTIVATE,
    /** the account goes, and all that belongs to it */
    DELETE_ACCOUNT;

    /** {@code delete-data} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<AccountFlow> of(String word) {
        return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
    }

    /** As a map writes them. */
    public static List<String> words() {
        return Arrays.stream(values()).map(AccountFlow::word).toList();
    }
}

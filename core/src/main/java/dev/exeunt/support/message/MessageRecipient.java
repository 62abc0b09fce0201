package dev.exeunt.support.message;

import org.jspecify.annotations.Nullable;

/**
 * Holds where a person can be reached, read before a request changes their row.
 *
 * @param address null where the person has none
 * @param language of the person's own row; null where it says none, or one without texts
 */
public record MessageRecipient(
        @Nullable String address, @Nullable String language) {

    /** Without the address, so that no log or exception shows it by accident. */
    @Override
    public String toString() {
        return "MessageRecipient[hidden]";
    }
}

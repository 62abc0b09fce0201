package dev.exeunt.support.message;

import org.jspecify.annotations.Nullable;

/**
 * Holds what a caller sends to get a one-time link.
 *
 * @param kind the identifier's column, one of {@link OneTimeLinks#kinds}
 * @param identifier as the person wrote it, at most {@link OneTimeLinks#LONGEST_IDENTIFIER} characters
 * @param language of the call; null where it is not known
 * @param client the network address that the call came from
 */
public record LinkWish(
        String kind, String identifier, @Nullable String language, String client) {

    /** Without the identifier and the address, so that no log or exception shows them by accident. */
    @Override
    public String toString() {
        return "LinkWish[hidden]";
    }
}

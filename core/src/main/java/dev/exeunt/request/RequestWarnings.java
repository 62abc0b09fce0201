package dev.exeunt.request;

import java.util.List;

/**
 * Lists the warnings that a person must acknowledge, with the digest that proves it. It may name others: never to be
 * logged.
 *
 * @param messages empty where there is nothing to warn of
 * @param digest of the messages as they stand now; the person's request repeats it as proof that they were read
 */
public record RequestWarnings(List<String> messages, String digest) {
    public RequestWarnings {
        messages = List.copyOf(messages);
    }

    public boolean acknowledged(@org.jspecify.annotations.Nullable String by) {
        return messages.isEmpty() || digest.equals(by);
    }
}

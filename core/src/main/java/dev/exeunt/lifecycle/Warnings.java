package dev.exeunt.lifecycle;

import java.util.List;

/**
 * What somebody has to have seen before they leave. It may name others: never to be logged.
 *
 * @param messages empty where there is nothing to warn of
 * @param digest of the messages as they stand now, which whoever has read them hands back
 */
public record Warnings(List<String> messages, String digest) {
    public Warnings {
        messages = List.copyOf(messages);
    }

    boolean acknowledged(@org.jspecify.annotations.Nullable String by) {
        return messages.isEmpty() || digest.equals(by);
    }
}

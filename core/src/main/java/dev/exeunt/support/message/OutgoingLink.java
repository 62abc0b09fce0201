package dev.exeunt.support.message;

import java.util.UUID;

/**
 * Holds a one-time link that is to be sent.
 *
 * @param id of the message, the same at each attempt
 * @param language that the person reads
 * @param address where it goes, as on record
 * @param token the secret part of the link
 */
public record OutgoingLink(UUID id, String language, String address, String token) {

    /** Without the secret and the address, so that no log or exception shows them by accident. */
    @Override
    public String toString() {
        return "OutgoingLink[" + id + "]";
    }
}

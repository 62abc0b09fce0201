package dev.exeunt.support.message;

import dev.exeunt.map.ExportSettings.RateLimit;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Says how long a one-time link works, and how often links may be asked for.
 *
 * @param valid how long a link works
 * @param ofPerson how many links a person is sent at most; further ones are dropped in silence
 * @param ofClient how many calls of one network address are taken at most
 * @param inAll how many calls are taken at most, from wherever they come
 */
public record LinkSettings(Duration valid, RateLimit ofPerson, RateLimit ofClient, RateLimit inAll) {

    /** A link that could not be sent for so long is no use any more. */
    static final Duration PATIENCE = Duration.ofHours(1);

    /** How long a row counts for any limit, or can have a link that works. */
    Duration retention() {
        return Stream.of(
                        ofPerson.per().longest(),
                        ofClient.per().longest(),
                        inAll.per().longest(),
                        PATIENCE.plus(valid))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}

package dev.exeunt.support.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds one page of a system's deliveries, the latest event first.
 *
 * @param next the position of the last entry, after which the next page begins; null at the end
 */
public record DeliveryPage(
        List<DeliveryEntry> entries, @Nullable Long next) {
    public DeliveryPage {
        entries = List.copyOf(entries);
    }
}

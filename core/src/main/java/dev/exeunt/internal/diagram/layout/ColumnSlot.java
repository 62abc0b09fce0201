package dev.exeunt.internal.diagram.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Represents a place in a column, for a card or for a passing line, and the height it prefers. It is pulled towards
 * what its lines lead to.
 */
final class ColumnSlot {

    static final int NONE = -1;

    private final int card;
    private final int height;
    private final List<SlotPull> pulls = new ArrayList<>();
    private int y;

    /** Holds a connection to another slot, which draws this one towards the other's height. */
    private record SlotPull(ColumnSlot other, int otherPort, int ownPort) {}

    private ColumnSlot(int card, int height) {
        this.card = card;
        this.height = height;
    }

    static ColumnSlot card(int card, int height) {
        return new ColumnSlot(card, height);
    }

    static ColumnSlot pass() {
        return new ColumnSlot(NONE, DiagramMetrics.PASS);
    }

    static void join(ColumnSlot one, int onePort, ColumnSlot other, int otherPort) {
        one.pulls.add(new SlotPull(other, otherPort, onePort));
        other.pulls.add(new SlotPull(one, onePort, otherPort));
    }

    int card() {
        return card;
    }

    /** With the space below it. */
    int height() {
        return height;
    }

    int y() {
        return y;
    }

    void y(int value) {
        y = value;
    }

    /** Where its lines would be shortest; nowhere where it has none that could tell. */
    OptionalDouble wish() {
        return pulls.stream()
                .mapToDouble(p -> p.other.y + p.otherPort - p.ownPort)
                .average();
    }

    /** How far its lines go up and down. */
    long stretch() {
        return pulls.stream()
                .mapToLong(p -> Math.abs(p.other.y + p.otherPort - p.ownPort - y))
                .sum();
    }
}

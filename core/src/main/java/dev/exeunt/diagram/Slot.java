package dev.exeunt.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A place in a column: a card's, or that of a line which passes. It is pulled towards what its lines lead to. */
final class Slot {

    static final int NONE = -1;

    private final int card;
    private final int height;
    private final List<Pull> pulls = new ArrayList<>();
    private int y;

    private record Pull(Slot other, int otherPort, int ownPort) {}

    private Slot(int card, int height) {
        this.card = card;
        this.height = height;
    }

    static Slot card(int card, int height) {
        return new Slot(card, height);
    }

    static Slot pass() {
        return new Slot(NONE, Size.PASS);
    }

    static void join(Slot one, int onePort, Slot other, int otherPort) {
        one.pulls.add(new Pull(other, otherPort, onePort));
        other.pulls.add(new Pull(one, onePort, otherPort));
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

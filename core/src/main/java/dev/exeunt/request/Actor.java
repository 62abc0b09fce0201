package dev.exeunt.request;

import dev.exeunt.ExeuntException;
import org.jspecify.annotations.Nullable;

/**
 * Names who acted: the person, a member of staff, or the program itself.
 *
 * @param text {@code self}, {@code staff:NAME}, {@code exeunt}; what the tables and receipts hold
 */
public record Actor(String text) {

    /** The person whose data it is. Without a name, since the log stays after the erasure. */
    public static final Actor SELF = new Actor("self");

    /** The program, when something is due. */
    public static final Actor EXEUNT = new Actor("exeunt");

    public Actor {
        if (!text.equals("self") && !text.equals("exeunt") && !text.matches("staff:.*\\S.*")) {
            throw new IllegalArgumentException("an actor is self, exeunt or staff:NAME");
        }
    }

    /** Returns a member of staff. @param name as the organisation knows them; it stays in the log */
    public static Actor staff(String name) {
        return new Actor("staff:" + name.strip());
    }

    /**
     * Requires a reason from staff.
     *
     * @throws ExeuntException where staff give none
     */
    public void requireReason(@Nullable String reason) {
        if (isStaff() && (reason == null || reason.isBlank())) {
            throw new ExeuntException("Nothing was changed: staff who act for a person give a reason.");
        }
    }

    public boolean isStaff() {
        return text.startsWith("staff:");
    }
}

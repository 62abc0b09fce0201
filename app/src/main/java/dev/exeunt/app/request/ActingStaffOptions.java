package dev.exeunt.app.request;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.request.Actor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who asks, and why: the person, or the staff for them. */
final class ActingStaffOptions {

    @Option(
            names = "--staff",
            paramLabel = "NAME",
            description = "Who of the staff does this for the person; it stays in the log. Needs --reason.")
    private @Nullable String staff;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why: the person's words, which go with them, or the staff's, which stay in the log.")
    private @Nullable String reason;

    /** @throws ExeuntException where staff have no name, or no reason */
    Actor actor() {
        if (staff == null) {
            return Actor.SELF;
        }
        Actor named = named();
        if (reason == null || reason.isBlank()) {
            throw new ExeuntException(
                    "Staff who act for a person give a reason: add --reason TEXT. Nothing was changed.");
        }
        return named;
    }

    /** @throws CommandRefusedException where no staff are named */
    Actor actingStaff() {
        Actor staff = actor();
        if (!staff.isStaff()) {
            throw new CommandRefusedException(
                    "Say who does this and why: --staff NAME --reason TEXT. Nothing was changed.");
        }
        return staff;
    }

    /**
     * Returns the staff without asking for a reason; {@link Actor#EXEUNT} where no name was given.
     *
     * @throws ExeuntException where the name is none
     */
    Actor named() {
        if (staff == null) {
            return Actor.EXEUNT;
        }
        if (staff.isBlank() || staff.chars().anyMatch(Character::isISOControl)) {
            throw new ExeuntException("--staff wants a name, on one line.");
        }
        return Actor.staff(staff);
    }

    @Nullable
    String reason() {
        return reason;
    }
}

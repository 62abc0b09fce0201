package dev.exeunt.internal.sweep;

import dev.exeunt.erase.SweepResult.SweptRole;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Counts recorded rows of one link.
 *
 * @param due rows that go
 * @param passedOn rows whose link has changed since
 * @param owned rows that a present person owns
 * @param keptLonger rows that another link keeps longer
 * @param referred rows to which rows refer that stay
 * @param gone rows that are not there any more
 */
record SweepCounts(long due, long passedOn, long owned, long keptLonger, long referred, long gone) {

    static final SweepCounts NONE = new SweepCounts(0, 0, 0, 0, 0, 0);

    static SweepCounts read(ResultSet row) throws SQLException {
        return new SweepCounts(
                row.getLong("due"),
                row.getLong("passed_on"),
                row.getLong("owned"),
                row.getLong("longer"),
                row.getLong("referred"),
                row.getLong("gone"));
    }

    SweepCounts plus(SweepCounts other) {
        return new SweepCounts(
                due + other.due,
                passedOn + other.passedOn,
                owned + other.owned,
                keptLonger + other.keptLonger,
                referred + other.referred,
                gone + other.gone);
    }

    /** Whether a sweep deletes or forgets any of the rows. */
    boolean changesAnything() {
        return due + passedOn + keptLonger + gone > 0;
    }

    SweptRole of(SweepRule rule) {
        return new SweptRole(
                rule.role().id().toString(),
                rule.keep().reason(),
                rule.period().toString(),
                due,
                passedOn,
                owned,
                keptLonger,
                referred,
                gone);
    }
}

package dev.exeunt.internal.sample;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.rule.PersonNames;
import dev.exeunt.internal.sample.PlaceCounts.PersonMatch;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges whether sampled values refer to people. Partial inclusion: some values may name nobody any more. A UUID or a long text is not
 * another value by accident; a number and a word may be, and need more of them, or a name that says so.
 */
final class LinkEvidence {

    /** So many keys or addresses are no accident in any column. */
    private static final int CERTAIN = 3;

    private static final int MANY = 10;

    private final PlannedSubject subject;
    private final PersonMatchSql people;
    private final PersonNames names;

    LinkEvidence(BoundMap bound) {
        this.subject = bound.subject();
        this.people = new PersonMatchSql(subject);
        this.names = PersonNames.of(bound);
    }

    /** Returns the match that refers to people: the key, else an identifier. */
    Optional<PersonMatch> of(Table table, PlaceCounts counts) {
        return counts.matches().stream().filter(m -> refers(table, counts, m)).findFirst();
    }

    /** Whether only the values say that these numbers are keys. */
    boolean isGuess(Table table, PlaceCounts counts, PersonMatch match) {
        return match.identifier() == 0
                && people.hasIntegerKeys()
                && !names.refer(counts.name())
                && !isForeignKey(table, counts.place().column());
    }

    private boolean refers(Table table, PlaceCounts counts, PersonMatch match) {
        if (match.identifier() > 0) {
            return isIdentifier(counts, match, subject.identifiers().get(match.identifier() - 1));
        }
        if (people.hasIntegerKeys()) {
            return isIntegerKey(table, counts, match);
        }
        boolean half = 2 * match.matched() >= counts.different();
        if (people.hasUuidKeys()) {
            return match.matched() >= CERTAIN || half;
        }
        boolean named = names.refer(counts.name());
        return match.telling() >= CERTAIN
                || half && match.telling() >= (named ? 1 : 2)
                || named && half && match.matched() >= 2;
    }

    private boolean isIntegerKey(Table table, PlaceCounts counts, PersonMatch match) {
        boolean almostAll = 10 * match.matched() >= 9 * counts.different();
        Column column = counts.place().column();
        if (isForeignKey(table, column) && counts.place().kind() == SampledPlace.PlaceKind.VALUE) {
            return true;
        }
        boolean number = !column.type().isText() || names.refer(counts.name());
        return almostAll
                && number
                && (names.refer(counts.name())
                        ? match.matched() >= 2
                        : match.spread() && match.matched() >= MANY && !isUnique(table, column));
    }

    /** Numbers that differ in all rows count those rows. */
    private static boolean isUnique(Table table, Column column) {
        return table.indexes().stream()
                .anyMatch(i -> i.uniqueForAll() && i.columns().equals(java.util.List.of(column.name())));
    }

    private boolean isForeignKey(Table table, Column column) {
        return table.foreignKeys().stream()
                .filter(f -> f.parent().equals(subject.table().name()))
                .map(ForeignKey::columns)
                .anyMatch(c -> c.contains(column.name()));
    }

    private boolean isIdentifier(PlaceCounts counts, PersonMatch match, Column identifier) {
        boolean half = 2 * match.matched() >= counts.different();
        if (match.telling() >= 2) {
            return half || match.telling() >= MANY;
        }
        boolean named = names.refer(counts.name())
                || counts.name()
                        .toLowerCase(Locale.ROOT)
                        .contains(identifier.name().toLowerCase(Locale.ROOT));
        return half && match.matched() >= (named ? 2 : CERTAIN)
                || match.matched() >= MANY && 5 * match.matched() >= counts.different();
    }
}

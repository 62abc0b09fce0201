package dev.exeunt.internal.sample;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.sample.PlaceCounts.PersonMatch;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges whether sampled values refer to people. Partial inclusion: some values may be of people who are gone. A UUID or a long text is not
 * another value by accident; a number and a word may be, and need more of them, or a name that says so.
 */
final class LinkEvidence {

    /** So many keys or addresses are no accident in any column. */
    private static final int CERTAIN = 3;

    private static final int MANY = 10;

    private final PlannedSubject subject;
    private final PersonMatchSql people;
    private final ReferenceNames names;

    LinkEvidence(BoundMap bound) {
        this.subject = bound.subject();
        this.people = new PersonMatchSql(subject);
        this.names = new ReferenceNames(bound);
    }

    /** Returns the match that refers to people: the key, else an identifier. */
    Optional<PersonMatch> of(Table table, PlaceCounts counts) {
        return counts.matches().stream().filter(m -> refers(table, counts, m)).findFirst();
    }

    /** Whether another thing may be meant: by numbers of which only the values, or a name with a few values, say that they are keys. */
    boolean isGuess(Table table, PlaceCounts counts, PersonMatch match) {
        return match.identifier() == 0
                && people.hasIntegerKeys()
                && !isForeignKey(table, counts.place().column())
                && !(names.sayPerson(table, counts) && match.matched() >= MANY);
    }

    private boolean refers(Table table, PlaceCounts counts, PersonMatch match) {
        if (match.identifier() > 0) {
            return isIdentifier(table, counts, match, subject.identifiers().get(match.identifier() - 1));
        }
        if (people.hasIntegerKeys()) {
            return isIntegerKey(table, counts, match);
        }
        boolean half = 2 * match.matched() >= counts.different();
        if (people.hasUuidKeys()) {
            return match.matched() >= CERTAIN || half;
        }
        boolean named = names.sayPerson(table, counts);
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
        if (!almostAll || ReferenceNames.hasKindBeside(table, column)) {
            return false;
        }
        return names.sayPerson(table, counts)
                ? match.matched() >= 2
                : !column.type().isText() && match.spread() && match.matched() >= MANY && !isUnique(table, column);
    }

    /** Numbers that differ in all rows count those rows. */
    private static boolean isUnique(Table table, Column column) {
        return table.indexes().stream()
                .anyMatch(i -> i.uniqueForAll() && i.columns().equals(List.of(column.name())));
    }

    private boolean isForeignKey(Table table, Column column) {
        return table.foreignKeys().stream()
                .filter(f -> f.parent().equals(subject.table().name()))
                .map(ForeignKey::columns)
                .anyMatch(c -> c.contains(column.name()));
    }

    private boolean isIdentifier(Table table, PlaceCounts counts, PersonMatch match, Column identifier) {
        boolean half = 2 * match.matched() >= counts.different();
        if (match.telling() >= 2) {
            return half || match.telling() >= MANY;
        }
        boolean named = names.sayPerson(table, counts)
                || counts.name()
                        .toLowerCase(Locale.ROOT)
                        .contains(identifier.name().toLowerCase(Locale.ROOT));
        return half && match.matched() >= (named ? 2 : CERTAIN)
                || match.matched() >= MANY && 5 * match.matched() >= counts.different();
    }
}

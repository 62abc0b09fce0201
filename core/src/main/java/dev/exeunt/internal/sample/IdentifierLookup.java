package dev.exeunt.internal.sample;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.IdentifierUniqueness;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.internal.schema.Table;
import java.util.List;

/**
 * Says how people are found by a value of an identifier. Among many people only an index makes it quick enough: one of the value in small
 * letters, or else one of the value as it stands, which finds it as it was sampled or in small letters.
 */
enum IdentifierLookup {
    WITHOUT_CASE("pg_catalog.lower(exeunt_s.{column}::pg_catalog.text) OPERATOR(pg_catalog.=) exeunt_d.l"),
    AS_IT_STANDS("exeunt_s.{column} {equals} ANY (ARRAY[exeunt_d.value, exeunt_d.l]::{type}[])"),
    TOO_SLOW("FALSE");

    /** Fewer people are read whole in well under a second. */
    private static final long MANY = 100_000;

    private final String condition;

    IdentifierLookup(String condition) {
        this.condition = condition;
    }

    static IdentifierLookup of(Table people, Column identifier) {
        List<Index> indexes = people.indexes().stream()
                .filter(i -> i.usable() && !i.partial())
                .toList();
        boolean lower = indexes.stream()
                .flatMap(i -> i.expressions().stream())
                .anyMatch(e -> IdentifierUniqueness.isLower(e, identifier));
        if (lower || people.estimatedRows() < MANY) {
            return WITHOUT_CASE;
        }
        boolean plain = indexes.stream()
                .map(Index::columns)
                .anyMatch(c -> !c.isEmpty() && c.get(0).equals(identifier.name()));
        return plain ? AS_IT_STANDS : TOO_SLOW;
    }

    /** The identifiers that cannot be looked for. */
    static List<String> tooSlow(PlannedSubject subject) {
        return subject.identifiers().stream()
                .filter(i -> of(subject.table(), i) == TOO_SLOW)
                .map(Column::name)
                .toList();
    }

    /** The condition for a person in {@code exeunt_s} and a value in {@code exeunt_d}. */
    SqlFragment condition(Column identifier) {
        return switch (this) {
            case WITHOUT_CASE ->
                SqlTemplate.of(condition)
                        .identifier("column", identifier.name())
                        .toFragment();
            case AS_IT_STANDS ->
                SqlTemplate.of(condition)
                        .identifier("column", identifier.name())
                        .fragment("equals", identifier.type().equality())
                        .fragment("type", identifier.type().quotedBase())
                        .toFragment();
            case TOO_SLOW -> SqlFragment.of(condition);
        };
    }
}

package dev.exeunt.internal.sample;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes the queries that find the people whose key or identifier a sampled value is. */
final class PersonMatchSql {

    static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

    private static final String INTEGER = """
            CASE WHEN {value} OPERATOR(pg_catalog.~) '^[0-9]{1,18}$' THEN {value}::pg_catalog.int8 END""";
    private static final String UUID = """
            CASE WHEN {value} OPERATOR(pg_catalog.~*) '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                 THEN {value}::pg_catalog.uuid END""";

    private final PlannedSubject subject;

    PersonMatchSql(PlannedSubject subject) {
        this.subject = subject;
    }

    /** Whether a single value can be a person's key: of one column, an integer, a UUID or a text. */
    boolean matchesKeys() {
        SqlType type = keyType();
        return subject.key().size() == 1
                && (INTEGERS.contains(type.baseName()) || type.baseName().equals("uuid") || type.isText());
    }

    boolean hasIntegerKeys() {
        return matchesKeys() && INTEGERS.contains(keyType().baseName());
    }

    boolean hasUuidKeys() {
        return matchesKeys() && keyType().baseName().equals("uuid");
    }

    /** The value as a key; NULL where it can be none. */
    SqlFragment asKey(String value) {
        if (!matchesKeys()) {
            return SqlFragment.of("NULL::pg_catalog.text");
        }
        String cast = keyType().isText() ? "{value}::{type}" : hasIntegerKeys() ? INTEGER : UUID;
        SqlTemplate template = SqlTemplate.of(cast).fragment("value", value);
        return keyType().isText()
                ? template.fragment("type", keyType().quotedBase()).toFragment()
                : template.toFragment();
    }

    static SqlFragment asInteger(String value) {
        return SqlTemplate.of(INTEGER).fragment("value", value).toFragment();
    }

    /** One row for each value and each person, with the texts of that person's key and identifiers. */
    SqlFragment matches() {
        List<SqlFragment> found = new ArrayList<>();
        if (matchesKeys()) {
            found.add(matches(
                    0,
                    SqlTemplate.of("exeunt_s.{key} {equals} exeunt_d.k")
                            .identifier("key", subject.key().get(0).name())
                            .fragment(
                                    "equals",
                                    INTEGERS.contains(keyType().baseName())
                                            ? "OPERATOR(pg_catalog.=)"
                                            : keyType().equality())
                            .toFragment()));
        }
        for (int i = 0; i < subject.identifiers().size(); i++) {
            Column identifier = subject.identifiers().get(i);
            found.add(matches(
                    i + 1, IdentifierLookup.of(subject.table(), identifier).condition(identifier)));
        }
        if (found.isEmpty()) {
            found.add(matches(0, SqlFragment.of("FALSE")));
        }
        return SqlFragment.join("\nUNION ALL\n", found);
    }

    private SqlFragment matches(int kind, SqlFragment condition) {
        List<SqlFragment> person = new ArrayList<>();
        IntStream.range(0, subject.key().size())
                .forEach(i -> person.add(text(
                        "exeunt_s.{column}::pg_catalog.text AS {name}",
                        subject.key().get(i),
                        "k" + i)));
        IntStream.range(0, subject.identifiers().size())
                .forEach(i -> person.add(text(
                        "pg_catalog.lower(exeunt_s.{column}::pg_catalog.text) AS {name}",
                        subject.identifiers().get(i),
                        "i" + i)));
        return SqlTemplate.of("""
                        SELECT exeunt_d.value, {kind} AS kind, {person}
                        FROM exeunt_d JOIN {subject} AS exeunt_s ON {condition}""")
                .fragment("kind", Integer.toString(kind))
                .fragments("person", ", ", person)
                .fragment("subject", subject.table().name().quoted())
                .fragment("condition", condition)
                .toFragment();
    }

    private static SqlFragment text(String template, Column column, String name) {
        return SqlTemplate.of(template)
                .identifier("column", column.name())
                .fragment("name", name)
                .toFragment();
    }

    private SqlType keyType() {
        return subject.key().get(0).type();
    }
}

package dev.exeunt.internal.hide;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.KeyPredicate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes a person's key and identifiers out of a text. The audit log keeps the reasons of staff after the erasure, and must not say whom they
 * were about. A name that is no identifier of the map cannot be told from other words.
 */
public final class IdentifierRedaction {

    static final String REMOVED = "[removed]";

    private static final int SHORTEST = 3;

    private final Connection connection;
    private final PlannedSubject person;

    public IdentifierRedaction(Connection connection, PlannedSubject person) {
        this.connection = connection;
        this.person = person;
    }

    /** @param open requests of the person, which may have hidden identifiers */
    public String redact(SubjectKey subject, List<UUID> open, String text) throws SQLException {
        List<String> values = new ArrayList<>(identifiers(subject));
        new HiddenRows(connection, open).identifiers(person).forEach(former -> values.add(former.value()));
        String redacted = text;
        for (String value : longestFirst(values)) {
            redacted = Pattern.compile(Pattern.quote(value), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(redacted)
                    .replaceAll(Matcher.quoteReplacement(REMOVED));
        }
        for (String part : subject.parts()) {
            redacted = Pattern.compile(
                            "(?<![\\p{L}\\p{N}])" + Pattern.quote(part) + "(?![\\p{L}\\p{N}])",
                            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(redacted)
                    .replaceAll(Matcher.quoteReplacement(REMOVED));
        }
        return redacted;
    }

    private static List<String> longestFirst(List<String> values) {
        return values.stream()
                .flatMap(v -> Stream.of(v, v.contains("@") ? v.substring(0, v.indexOf('@')) : v))
                .map(String::strip)
                .filter(v -> v.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private List<String> identifiers(SubjectKey subject) throws SQLException {
        if (person.identifiers().isEmpty()) {
            return List.of();
        }
        SqlFragment select = SqlTemplate.of("SELECT ARRAY[{identifiers}] FROM {table} AS p WHERE {same}")
                .fragments(
                        "identifiers",
                        ", ",
                        person.identifiers().stream()
                                .map(c -> SqlTemplate.of("p.{column}::pg_catalog.text")
                                        .identifier("column", c.name())
                                        .toFragment())
                                .toList())
                .fragment("table", person.table().name().quoted())
                .fragment("same", KeyPredicate.bound("p", person.key(), subject.parts()))
                .toFragment();
        return SqlRunner.first(
                        connection,
                        select,
                        row -> Arrays.stream((Object[]) row.getArray(1).getArray())
                                .filter(Objects::nonNull)
                                .map(Object::toString)
                                .toList())
                .orElse(List.of());
    }
}

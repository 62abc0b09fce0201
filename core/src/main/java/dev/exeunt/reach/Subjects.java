package dev.exeunt.reach;

import dev.exeunt.ExeuntException;
import dev.exeunt.plan.PlannedSubject;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.Quote;
import dev.exeunt.schema.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the people somebody names: {@code 42}, {@code 7,42} for a key of two columns, or {@code email:anna@example.org} by an
 * identifier of the map, whatever its case. Messages say which of the keys given is meant by its place, never by its text.
 */
public final class Subjects {

    private final Connection connection;
    private final PlannedSubject subject;

    public Subjects(Connection connection, PlannedSubject subject) {
        this.connection = connection;
        this.subject = subject;
    }

    /**
     * The subjects named, each once, all of them existing.
     *
     * @throws UnknownSubjectException where one is unknown, of the wrong type, or fits several people
     */
    public List<SubjectKey> find(List<String> named) throws SQLException {
        Set<SubjectKey> found = new LinkedHashSet<>();
        List<SubjectKey> byKey = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            Optional<Column> identifier = identifier(named.get(i));
            if (identifier.isPresent()) {
                String value = named.get(i).substring(identifier.get().name().length() + 1);
                found.add(byIdentifier(identifier.get(), value, place(i, named.size())));
            } else {
                byKey.add(parts(named.get(i), place(i, named.size())));
            }
        }
        found.addAll(existing(byKey));
        return List.copyOf(found);
    }

    /** The key named, in the database's own spelling, whether or not there is such a person (any more). */
    public SubjectKey parse(String named) throws SQLException {
        Optional<Column> identifier = identifier(named);
        if (identifier.isPresent()) {
            return byIdentifier(
                    identifier.get(), named.substring(identifier.get().name().length() + 1), "the key");
        }
        return canonical(List.of(parts(named, "the key"))).get(0);
    }

    /** Whether there is such a person. */
    public boolean exists(SubjectKey key) throws SQLException {
        Fragment select = Fragment.of("SELECT " + keyTexts() + " FROM "
                        + subject.table().name().quoted() + " WHERE (")
                .plus(Quote.identifiers(subject.key().stream().map(Column::name).toList())
                        + ") IN (SELECT * FROM unnest(")
                .plus(arrays(List.of(key)))
                .plus("))");
        return !keys(select).isEmpty();
    }

    private Optional<Column> identifier(String named) {
        return subject.identifiers().stream()
                .filter(c -> named.startsWith(c.name() + ":"))
                .findFirst();
    }

    private SubjectKey parts(String named, String place) {
        int width = subject.key().size();
        List<String> parts = width == 1 ? List.of(named) : Arrays.asList(named.split(",", -1));
        if (parts.size() != width) {
            throw new UnknownSubjectException(place + " has " + parts.size() + " part" + (parts.size() == 1 ? "" : "s")
                    + ", but " + keyName() + " has " + width + ": write them with a comma between.");
        }
        return new SubjectKey(parts);
    }

    private SubjectKey byIdentifier(Column identifier, String value, String place) throws SQLException {
        Fragment select = Fragment.of(
                "SELECT " + keyTexts() + " FROM " + subject.table().name().quoted() + " WHERE lower("
                        + Quote.identifier(identifier.name()) + "::text) = lower(?) LIMIT 2",
                value);
        List<SubjectKey> found = keys(select);
        if (found.size() != 1) {
            throw new UnknownSubjectException(
                    found.isEmpty()
                            ? "No row of " + subject.table().name() + " has the " + identifier.name() + " that " + place
                                    + " gives."
                            : place + " fits more than one row of "
                                    + subject.table().name() + ": name the person by " + keyName() + ".");
        }
        return found.get(0);
    }

    private List<SubjectKey> existing(List<SubjectKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<SubjectKey> canonical = canonical(keys);
        Fragment select = Fragment.of("SELECT " + keyTexts() + " FROM "
                        + subject.table().name().quoted() + " WHERE (")
                .plus(Quote.identifiers(subject.key().stream().map(Column::name).toList())
                        + ") IN (SELECT * FROM unnest(")
                .plus(arrays(canonical))
                .plus("))");
        Set<SubjectKey> there = new HashSet<>(keys(select));
        for (int i = 0; i < canonical.size(); i++) {
            if (!there.contains(canonical.get(i))) {
                throw new UnknownSubjectException("No row of " + subject.table().name() + " has "
                        + place(i, canonical.size()) + ". Check " + keyName() + " and the database.");
            }
        }
        return canonical;
    }

    /** Nobody else changes or removes these people's rows, or asks for anything in their name, until the transaction ends. */
    public void lock(List<SubjectKey> people) throws SQLException {
        Fragment select = Fragment.of("SELECT " + keyTexts() + " FROM "
                        + subject.table().name().quoted() + " WHERE (")
                .plus(Quote.identifiers(subject.key().stream().map(Column::name).toList())
                        + ") IN (SELECT * FROM unnest(")
                .plus(arrays(people))
                .plus(")) ORDER BY "
                        + Quote.identifiers(
                                subject.key().stream().map(Column::name).toList()) + " FOR UPDATE");
        keys(select);
    }

    /** {@code 042} becomes {@code 42}, a UUID lower case: the texts the database itself would write. */
    private List<SubjectKey> canonical(List<SubjectKey> keys) throws SQLException {
        String texts = texts("exeunt_k.");
        String names =
                subject.key().stream().map(c -> Quote.identifier(c.name())).collect(Collectors.joining(", "));
        Fragment select = Fragment.of("SELECT " + texts + " FROM unnest(")
                .plus(arrays(keys))
                .plus(") WITH ORDINALITY AS exeunt_k(" + names + ", exeunt_n) ORDER BY exeunt_k.exeunt_n");
        try {
            return keys(select);
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (state != null && state.startsWith("22")) {
                String types =
                        subject.key().stream().map(c -> c.type().display()).collect(Collectors.joining(", "));
                throw new UnknownSubjectException(
                        "A key given is not of the type of " + keyName() + ", which is " + types
                                + (subject.identifiers().isEmpty()
                                        ? "."
                                        : ". By identifier: "
                                                + subject.identifiers().get(0).name() + ":…"));
            }
            throw e;
        }
    }

    private Fragment arrays(List<SubjectKey> keys) {
        List<Fragment> arrays = new ArrayList<>();
        for (int i = 0; i < subject.key().size(); i++) {
            int part = i;
            String[] column = keys.stream().map(k -> k.parts().get(part)).toArray(String[]::new);
            arrays.add(Fragment.of("?::text[]::" + subject.key().get(i).type().quotedBase() + "[]", (Object) column));
        }
        return Fragment.join(", ", arrays);
    }

    private List<SubjectKey> keys(Fragment select) throws SQLException {
        List<SubjectKey> keys = new ArrayList<>();
        try (PreparedStatement statement = select.prepare(connection);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                List<String> parts = new ArrayList<>();
                for (int i = 1; i <= subject.key().size(); i++) {
                    parts.add(result.getString(i));
                }
                keys.add(new SubjectKey(parts));
            }
        }
        return keys;
    }

    private String keyTexts() {
        return texts("");
    }

    private String texts(String prefix) {
        return subject.key().stream()
                .map(c -> prefix + Quote.identifier(c.name()) + "::text")
                .collect(Collectors.joining(", "));
    }

    private String keyName() {
        return subject.table().name() + "."
                + subject.key().stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String place(int i, int of) {
        return of == 1 ? "the key given" : "key number " + (i + 1) + " of those given";
    }

    /** Nobody, or not one person, is meant. */
    public static final class UnknownSubjectException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        UnknownSubjectException(String message) {
            super(Character.toUpperCase(message.charAt(0)) + message.substring(1));
        }
    }
}

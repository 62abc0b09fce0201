package dev.exeunt.internal.reach;

import dev.exeunt.ExeuntException;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.KeyPredicate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds people by key or identifier and locks their rows. Messages say which of the keys given is meant by its place,
 * never by its text.
 */
public final class SubjectFinder {

    private final Connection connection;
    private final PlannedSubject subject;

    public SubjectFinder(Connection connection, PlannedSubject subject) {
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

    /**
     * Finds the subjects named, as {@link #find} does. One who is named alone by the key need not exist any more: rows may have come
     * after the erasure, from a cache or an import.
     */
    public List<NamedSubject> findEvenGone(List<String> named) throws SQLException {
        return named.size() == 1
                ? List.of(resolve(named.get(0)))
                : find(named).stream().map(key -> new NamedSubject(key, true)).toList();
    }

    /**
     * Holds the key of a named person and whether the person's row exists.
     *
     * @param key as it is spelled in the person's row, or, where there is none, as the database itself would write it
     * @param there whether there is such a person (any more)
     */
    public record NamedSubject(SubjectKey key, boolean there) {}

    /** Returns the exception for a key or identifier that names no person. */
    public UnknownSubjectException unknown() {
        return unknown("the key given");
    }

    private UnknownSubjectException unknown(String place) {
        return new UnknownSubjectException("No row of " + subject.table().name() + " has " + place + ". Check "
                + keyName() + " and the database.");
    }

    /** Resolves a key or an identifier, whether or not the person exists (any more). */
    public NamedSubject resolve(String named) throws SQLException {
        Optional<Column> identifier = identifier(named);
        if (identifier.isPresent()) {
            String value = named.substring(identifier.get().name().length() + 1);
            return new NamedSubject(byIdentifier(identifier.get(), value, "the key"), true);
        }
        return looked(List.of(parts(named, "the key"))).get(0);
    }

    /** Resolves a key or an identifier to a key, whether or not the person exists (any more). */
    public SubjectKey resolveKey(String named) throws SQLException {
        return resolve(named).key();
    }

    /** Resolves several people, as {@link #resolve} does one; those named by their keys in one query. */
    public List<NamedSubject> resolveAll(List<String> named) throws SQLException {
        List<NamedSubject> found = new ArrayList<>();
        List<SubjectKey> byKey = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            if (identifier(named.get(i)).isPresent()) {
                found.add(resolve(named.get(i)));
            } else {
                byKey.add(parts(named.get(i), place(i, named.size())));
            }
        }
        if (!byKey.isEmpty()) {
            found.addAll(looked(byKey));
        }
        return found.stream().distinct().toList();
    }

    /** Finds the rows of these keys; the result is in the order given. */
    public List<NamedSubject> look(List<SubjectKey> keys) throws SQLException {
        return looked(keys);
    }

    private Optional<Column> identifier(String named) {
        return subject.identifiers().stream()
                .filter(c -> named.startsWith(c.name() + ":"))
                .findFirst();
    }

    private SubjectKey parts(String named, String place) {
        int width = subject.key().size();
        List<String> parts = width == 1 ? List.of(named) : SubjectKey.split(named);
        if (parts.size() != width) {
            throw new UnknownSubjectException(place + " has " + parts.size() + " part" + (parts.size() == 1 ? "" : "s")
                    + ", but " + keyName() + " has " + width + ": write them with a comma between.");
        }
        return new SubjectKey(parts);
    }

    private SubjectKey byIdentifier(Column identifier, String value, String place) throws SQLException {
        List<SubjectKey> found = withIdentifier(identifier, value, 2);
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

    /**
     * Returns the keys of the rows whose identifier is the value, compared without case.
     *
     * @param most how many at most
     */
    public List<SubjectKey> withIdentifier(Column identifier, String value, int most) throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT {key} FROM {table} AS exeunt_p
                        WHERE pg_catalog.lower(exeunt_p.{identifier}::pg_catalog.text)
                            OPERATOR(pg_catalog.=) pg_catalog.lower(CAST(:value AS pg_catalog.text))
                        LIMIT :most""")
                .fragment("key", texts("exeunt_p"))
                .fragment("table", subject.table().name().quoted())
                .identifier("identifier", identifier.name())
                .bind("value", value)
                .bind("most", most)
                .toFragment();
        return keys(select);
    }

    private List<SubjectKey> existing(List<SubjectKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<NamedSubject> looked = looked(keys);
        for (int i = 0; i < looked.size(); i++) {
            if (!looked.get(i).there()) {
                throw unknown(place(i, looked.size()));
            }
        }
        return looked.stream().map(NamedSubject::key).toList();
    }

    /**
     * Locks these people's rows until the transaction ends. No other transaction changes or removes them, or submits
     * requests for these people.
     */
    public void lock(List<SubjectKey> people) throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT {key} FROM {table} AS exeunt_p
                        WHERE EXISTS (SELECT FROM ROWS FROM ({people}) AS exeunt_k({columns}) WHERE {same})
                        ORDER BY {order} FOR UPDATE OF exeunt_p""")
                .fragment("key", texts("exeunt_p"))
                .fragment("table", subject.table().name().quoted())
                .fragment("people", unnested(people))
                .identifiers("columns", names())
                .fragment("same", same())
                .fragment("order", ofEachName("{table}.{column}", "exeunt_p"))
                .toFragment();
        keys(select);
    }

    /**
     * {@code 042} becomes {@code 42}, a UUID lower case: the texts the database itself would write. Types whose equal values are
     * written differently, such as {@code citext}, make it the spelling of the person's row, by which everything else knows them.
     */
    private List<NamedSubject> looked(List<SubjectKey> keys) throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT {given}, {found} FROM ROWS FROM ({keys}) WITH ORDINALITY AS exeunt_k({columns}, exeunt_n)
                        LEFT JOIN {table} AS exeunt_p ON {same} ORDER BY exeunt_k.exeunt_n""")
                .fragment("given", texts("exeunt_k"))
                .fragment("found", texts("exeunt_p"))
                .fragment("keys", unnested(keys))
                .identifiers("columns", names())
                .fragment("table", subject.table().name().quoted())
                .fragment("same", same())
                .toFragment();
        int width = subject.key().size();
        try {
            return SqlRunner.list(connection, select, row -> {
                boolean there = row.getString(width + 1) != null;
                return new NamedSubject(key(row, there ? width : 0, subject), there);
            });
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

    private List<String> names() {
        return subject.key().stream().map(Column::name).toList();
    }

    private SqlFragment same() {
        return KeyPredicate.of(
                "exeunt_p",
                subject.key(),
                i -> SqlTemplate.of("exeunt_k.{column}")
                        .identifier("column", subject.key().get(i).name())
                        .toFragment());
    }

    private SqlFragment unnested(List<SubjectKey> keys) {
        List<SqlFragment> arrays = new ArrayList<>();
        for (int i = 0; i < subject.key().size(); i++) {
            int part = i;
            arrays.add(SqlTemplate.of("pg_catalog.unnest(:keys::pg_catalog.text[]::{type}[])")
                    .bind("keys", keys.stream().map(k -> k.parts().get(part)).toArray(String[]::new))
                    .fragment("type", subject.key().get(i).type().quotedBase())
                    .toFragment());
        }
        return SqlFragment.join(", ", arrays);
    }

    private List<SubjectKey> keys(SqlFragment select) throws SQLException {
        return SqlRunner.list(connection, select, row -> key(row, 0, subject));
    }

    /**
     * The key that a row holds, in the columns after the first {@code before}.
     *
     * @throws ExeuntException where a part is NULL, which the database may have come to admit after the map was checked
     */
    public static SubjectKey key(ResultSet row, int before, PlannedSubject subject) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < subject.key().size(); i++) {
            String part = row.getString(before + i + 1);
            if (part == null) {
                throw new ExeuntException("A row of " + subject.table().name() + " holds NULL in its key column "
                        + subject.key().get(i).name()
                        + ", so its person cannot be named. Run exeunt check, and see exeunt explain unfit-key.");
            }
            parts.add(part);
        }
        return new SubjectKey(parts);
    }

    private SqlFragment texts(String table) {
        return ofEachName("{table}.{column}::pg_catalog.text", table);
    }

    private SqlFragment ofEachName(String template, String table) {
        return names().stream()
                .map(name -> SqlTemplate.of(template)
                        .fragment("table", table)
                        .identifier("column", name)
                        .toFragment())
                .collect(SqlFragment.joining(", "));
    }

    private String keyName() {
        return subject.table().name() + "."
                + subject.key().stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String place(int i, int of) {
        return of == 1 ? "the key given" : "key number " + (i + 1) + " of those given";
    }
}

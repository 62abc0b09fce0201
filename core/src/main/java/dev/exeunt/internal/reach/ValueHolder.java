package dev.exeunt.internal.reach;

import dev.exeunt.ExeuntException;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Finds the value by which the rows of a person without an account are told, and refuses a value that a present person holds. */
public final class ValueHolder {

    private static final String HOLDERS = """
            SELECT {key} FROM {table}
            WHERE pg_catalog.lower({table}.{identifier}::pg_catalog.text) OPERATOR(pg_catalog.=) :value AND {present}""";

    private final Connection connection;
    private final Plan plan;
    private final ErasedPeople erased;

    /** @param erased the record of people who were erased and whose rows stay */
    public ValueHolder(Connection connection, Plan plan, ErasedPeople erased) {
        this.connection = connection;
        this.plan = plan;
        this.erased = erased;
    }

    /**
     * Returns the value as a link compares it, with chance in the place of a key.
     *
     * @param identifier the name of an identifier that a {@code matches:} link of the map uses
     * @throws ExeuntException where no link uses the identifier, or the value is blank
     * @throws UnknownSubjectException where present people hold the value; the message names their keys
     */
    public FormerIdentifier find(String identifier, String value) throws SQLException {
        Column column = column(identifier);
        if (value.isBlank()) {
            throw new ExeuntException("The value of " + identifier + " is empty, and would match nothing.");
        }
        String lower = SqlRunner.one(
                connection,
                SqlTemplate.of("SELECT pg_catalog.lower(CAST(:value AS pg_catalog.text))")
                        .bind("value", value)
                        .toFragment(),
                row -> row.getString(1));
        Set<SubjectKey> present = present(column, lower);
        if (!present.isEmpty()) {
            throw new UnknownSubjectException("A person with an account holds this " + identifier
                    + ". Name the person by the key: "
                    + present.stream().map(SubjectKey::joined).collect(Collectors.joining(", ")) + ".");
        }
        String chance = UUID.randomUUID().toString().replace("-", "");
        return new FormerIdentifier(new SubjectKey(List.of(chance)), column, lower);
    }

    /**
     * Returns the present people who hold the value, so that rows of it are theirs.
     *
     * @param value in lower case, as the database makes it
     */
    public Set<SubjectKey> holders(String identifier, String value) throws SQLException {
        return present(column(identifier), value);
    }

    private Column column(String identifier) {
        Set<Column> used = plan.roles().stream()
                .map(r -> r.source() instanceof KeySource.IdentifierValues values ? values.column() : null)
                .filter(c -> c != null)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return used.stream()
                .filter(c -> c.name().equals(identifier))
                .findFirst()
                .orElseThrow(() -> {
                    String valid = used.isEmpty()
                            ? "The map has no link by a value (matches:)."
                            : "Valid are: " + used.stream().map(Column::name).collect(Collectors.joining(", ")) + ".";
                    return new ExeuntException("No link of the map matches rows by " + identifier + ". " + valid);
                });
    }

    private Set<SubjectKey> present(Column identifier, String value) throws SQLException {
        PresentPeople people = PresentPeople.of(connection, plan, erased);
        SqlFragment select = SqlTemplate.of(HOLDERS)
                .fragment("key", PresentPeople.keyTexts(plan.subject()))
                .fragment("table", plan.subject().table().name().quoted())
                .identifier("identifier", identifier.name())
                .bind("value", value)
                .fragment("present", people.condition())
                .toFragment();
        return people.withoutErased(
                SqlRunner.list(connection, select, row -> SubjectFinder.key(row, 0, plan.subject())));
    }
}

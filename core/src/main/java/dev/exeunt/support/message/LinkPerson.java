package dev.exeunt.support.message;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.PresentPeople;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.schema.Column;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the one present person whom an identifier means. What people's rows hold now counts first, then what their open requests have
 * hidden. A value that several present people have means none of them.
 */
final class LinkPerson {

    /** More rows than any value has that soft-deleted accounts still hold. */
    private static final int MOST = 100;

    private static final String HIDDEN = """
            SELECT DISTINCT r.subject
            FROM exeunt.request AS r
            JOIN exeunt.hidden AS h ON h.request = r.id
            CROSS JOIN unnest(h.columns) WITH ORDINALITY AS c(name, place)
            JOIN exeunt.undo AS u ON u.request = h.request AND u.step = h.step
            WHERE r.subject_kind = :kind AND r.state IN {open} AND r.subject IS NOT NULL AND u.key = r.subject
                AND h.table_schema = :schema AND h.table_name = :tableName AND h.key_columns = :key AND c.name = :identifier
                AND lower(u.was[c.place]) = lower(:value::pg_catalog.text)
            LIMIT {most}
            """;

    private final RequestTransaction transaction;

    LinkPerson(RequestTransaction transaction) {
        this.transaction = transaction;
    }

    /** Returns the key; empty where no present person has the value, or several have it. */
    Optional<SubjectKey> find(String kind, String value) throws SQLException {
        PlannedSubject subject = transaction.context().subject();
        Optional<Column> identifier = subject.identifiers().stream()
                .filter(column -> column.name().equals(kind))
                .findFirst();
        if (identifier.isEmpty()) {
            return Optional.empty(); // the map has changed since
        }
        Set<SubjectKey> now = present(
                new SubjectFinder(transaction.connection(), subject).withIdentifier(identifier.get(), value, MOST));
        Set<SubjectKey> people = now.isEmpty() ? present(hidden(subject, identifier.get(), value)) : now;
        return people.size() == 1 ? people.stream().findFirst() : Optional.empty();
    }

    private Set<SubjectKey> present(List<SubjectKey> people) throws SQLException {
        LifecycleContext context = transaction.context();
        return PresentPeople.of(transaction.connection(), context.plan(), context.erasedPeople())
                .among(people);
    }

    private List<SubjectKey> hidden(PlannedSubject subject, Column identifier, String value) throws SQLException {
        SqlFragment select = SqlTemplate.of(HIDDEN)
                .bind("kind", subject.kind().text())
                .fragment("open", RequestRow.OPEN)
                .bind("schema", subject.table().name().schema())
                .bind("tableName", subject.table().name().name())
                .bind("key", subject.key().stream().map(Column::name).toArray(String[]::new))
                .bind("identifier", identifier.name())
                .bind("value", value)
                .fragment("most", Integer.toString(MOST))
                .toFragment();
        return SqlRunner.list(transaction.connection(), select, row -> new SubjectKey(SqlRunner.texts(row, "subject")));
    }
}

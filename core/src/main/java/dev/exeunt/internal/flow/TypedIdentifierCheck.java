package dev.exeunt.internal.flow;

import dev.exeunt.internal.hide.HiddenRows;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.FormerIdentifier;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.schema.KeyPredicate;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks that a person typed the identifier that the map wants before it accepts their request ({@code confirm:}). */
final class TypedIdentifierCheck {

    private static final String IS_IDENTIFIER = """
            SELECT FROM {table}
            WHERE (pg_catalog.lower({identifier}::pg_catalog.text) = pg_catalog.lower(:typed::pg_catalog.text)
                    OR pg_catalog.lower(:typed::pg_catalog.text) = ANY (:hidden::pg_catalog.text[]))
                AND {same}
            """;

    private final RequestTransaction transaction;
    private final SubjectKey subject;
    private final List<Request> open;

    /** @param open the person's open requests, which may have hidden identifiers */
    TypedIdentifierCheck(RequestTransaction transaction, SubjectKey subject, List<Request> open) {
        this.transaction = transaction;
        this.subject = subject;
        this.open = List.copyOf(open);
    }

    /**
     * @param identifier the one to type; null for none
     * @throws RequestRefusedException where another text was typed, or nothing
     */
    void require(@Nullable LocatedText identifier, @Nullable String typed) throws SQLException {
        if (identifier == null) {
            return;
        }
        if (typed == null || !isTheirs(identifier.text(), typed)) {
            throw RequestRefusedException.of(
                    RequestRefusalReason.UNCONFIRMED,
                    (typed == null
                                    ? "To confirm, type your " + spoken(identifier) + "."
                                    : "That is not your " + spoken(identifier) + ".")
                            + " Nothing was changed.");
        }
    }

    /** The sentence is for the person, to whom a column's name means little. */
    private static String spoken(LocatedText identifier) {
        return identifier.text().replace('_', ' ');
    }

    private String[] hidden(Predicate<FormerIdentifier> which) throws SQLException {
        return new HiddenRows(
                        transaction.connection(), open.stream().map(Request::id).toList())
                .identifiers(transaction.context().subject()).stream()
                        .filter(which)
                        .map(FormerIdentifier::value)
                        .toArray(String[]::new);
    }

    /** The person knows a hidden identifier by what it was before. */
    private boolean isTheirs(String identifier, String typed) throws SQLException {
        PlannedSubject person = transaction.context().subject();
        SqlFragment select = SqlTemplate.of(IS_IDENTIFIER)
                .fragment("table", person.table().name().quoted())
                .identifier("identifier", identifier)
                .bind("typed", typed.strip())
                .bind("hidden", hidden(former -> former.identifier().name().equals(identifier)))
                .fragment("same", KeyPredicate.bound(person.table().name().quoted(), person.key(), subject.parts()))
                .toFragment();
        return SqlRunner.exists(transaction.connection(), select);
    }
}

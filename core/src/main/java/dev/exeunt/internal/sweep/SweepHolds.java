package dev.exeunt.internal.sweep;

import dev.exeunt.internal.hold.HoldCondition;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.schema.Table;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Finds the legal holds that keep recorded rows from being swept. */
final class SweepHolds {

    private static final String ON_ENTRY = """
            EXISTS (SELECT FROM exeunt.legal_hold AS h
                WHERE h.erasure = e.erasure AND h.subject_kind = e.subject_kind AND {active}
                    AND (h.tables IS NULL OR r.quoted = ANY (h.tables)))""";

    private static final String PEOPLE = """
            SELECT DISTINCT h.subject FROM exeunt.legal_hold AS h
            WHERE h.subject IS NOT NULL AND h.subject_kind OPERATOR(pg_catalog.=) :kind AND {active}
                AND (h.tables IS NULL OR CAST(:table AS pg_catalog.text) OPERATOR(pg_catalog.=) ANY (h.tables))""";

    private SweepHolds() {}

    /** Returns the condition that a hold is on the rows of the entry {@code e}, whose table the rule {@code r} names. */
    static SqlFragment onEntry(RequestTransaction transaction) {
        return SqlTemplate.of(ON_ENTRY)
                .fragment("active", HoldCondition.active(transaction.now()))
                .toFragment();
    }

    /** Returns the people with an account whose rows of this table are under a hold. */
    static Set<SubjectKey> people(RequestTransaction transaction, Table table) throws SQLException {
        SqlFragment select = SqlTemplate.of(PEOPLE)
                .bind("kind", transaction.context().kind().text())
                .fragment("active", HoldCondition.active(transaction.now()))
                .bind("table", table.name().quoted())
                .toFragment();
        return new HashSet<>(SqlRunner.list(transaction.connection(), select, RequestRow::subject));
    }
}

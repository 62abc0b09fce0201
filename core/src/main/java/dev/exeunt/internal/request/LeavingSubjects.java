package dev.exeunt.internal.request;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Finds the subjects whose account is to be erased, and who do not count for guards any more. */
public final class LeavingSubjects {

    private static final String SELECT = """
            SELECT DISTINCT subject FROM exeunt.request
            WHERE subject_kind = :kind AND kind IN ('deactivate', 'delete-account') AND state IN {open}
                AND subject IS NOT NULL AND {which}
            """;

    private final Connection connection;
    private final SubjectKind kind;

    public LeavingSubjects(Connection connection, SubjectKind kind) {
        this.connection = connection;
        this.kind = kind;
    }

    public List<SubjectKey> findAll() throws SQLException {
        return find(SqlFragment.of("TRUE"));
    }

    public List<SubjectKey> findOthers(SubjectKey subject) throws SQLException {
        return find(SqlTemplate.of("subject <> :subject::text[]")
                .bind("subject", SubjectCondition.array(subject))
                .toFragment());
    }

    /** Finds the others who asked before. Others who asked later count until they are erased. */
    public List<SubjectKey> findEarlier(DueRequest due) throws SQLException {
        return find(SqlTemplate.of("subject <> :subject::text[] AND (requested_at, id) < (:requestedAt, :id)")
                .bind("subject", SubjectCondition.array(due.subject()))
                .bind("requestedAt", due.request().requestedAt())
                .bind("id", due.request().id())
                .toFragment());
    }

    private List<SubjectKey> find(SqlFragment which) throws SQLException {
        SqlFragment select = SqlTemplate.of(SELECT)
                .bind("kind", kind.text())
                .fragment("open", RequestRow.OPEN)
                .fragment("which", which)
                .toFragment();
        return SqlRunner.list(connection, select, RequestRow::subject);
    }
}

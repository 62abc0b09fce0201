package dev.exeunt.internal.reach;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;

/** Tells which people were erased although their rows are still there, from a record that the rows themselves do not show. */
@FunctionalInterface
public interface ErasedPeople {

    /** Knows of no erased person: for an installation that keeps no record. */
    ErasedPeople NONE = (connection, candidates) -> Set.of();

    /**
     * Returns those of the candidates who were erased and whose rows stay. Runs one statement, however many candidates there are.
     *
     * @param connection in the open transaction of the caller
     */
    Set<SubjectKey> among(Connection connection, Collection<SubjectKey> candidates) throws SQLException;
}

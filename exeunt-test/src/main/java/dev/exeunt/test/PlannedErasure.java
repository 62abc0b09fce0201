package dev.exeunt.test;

import dev.exeunt.map.DataMap;
import javax.sql.DataSource;
import org.assertj.core.annotation.CheckReturnValue;

/** Holds the person that a test is about to erase. Nothing happens until the test names the database. */
@CheckReturnValue
public final class PlannedErasure {

    private final String subject;

    PlannedErasure(String subject) {
        this.subject = subject;
    }

    /**
     * Erases the person as {@code exeunt.yaml} says, and commits.
     *
     * @throws dev.exeunt.ExeuntException if the map does not hold or the person is not there
     */
    public ErasureAssert in(DataSource dataSource) {
        return in(dataSource, TestedMap.ofProject());
    }

    /** Erases the person as the map says, and commits. */
    public ErasureAssert in(DataSource dataSource, DataMap map) {
        return ErasureAssert.erase(subject, dataSource, map);
    }
}

package dev.exeunt.test;

import dev.exeunt.map.DataMap;
import javax.sql.DataSource;

/**
 * Entry points of the assertions about a data map.
 *
 * <pre>{@code
 * assertThatMapCovers(dataSource).withoutWarnings();
 * assertThatErasing("1").in(dataSource).deletes("delivery_address", 1).leavesNothingOf("anna@example.org");
 * }</pre>
 *
 * <p>The map is {@code exeunt.yaml} of the class path or of the working directory, unless a test passes another.
 */
public final class ExeuntAssertions {

    private ExeuntAssertions() {}

    /** Asserts that {@code exeunt.yaml} has no errors against the schema of the database, and writes nothing. */
    public static MapCoverageAssert assertThatMapCovers(DataSource dataSource) {
        return assertThatMapCovers(dataSource, TestedMap.ofProject());
    }

    /** Asserts that the map has no errors against the schema of the database, and writes nothing. */
    public static MapCoverageAssert assertThatMapCovers(DataSource dataSource, DataMap map) {
        return MapCoverageAssert.check(dataSource, map);
    }

    /**
     * Names the person to erase. {@link PlannedErasure#in} then erases the person for real: use a database of the test.
     *
     * @param subject a key such as {@code 42}, or an identifier such as {@code email:anna@example.org}
     */
    public static PlannedErasure assertThatErasing(String subject) {
        return new PlannedErasure(subject);
    }
}

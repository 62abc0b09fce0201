package dev.exeunt.test;

import dev.exeunt.Exeunt;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.Receipt.TableReceipt;
import dev.exeunt.erase.Residue;
import dev.exeunt.map.DataMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.AbstractAssert;

/** Asserts what an erasure did, by its receipt and by a search of the database. */
public final class ErasureAssert extends AbstractAssert<ErasureAssert, Receipt> {

    private final Exeunt exeunt;
    private final DataMap map;
    private final String subject;

    private ErasureAssert(Receipt receipt, Exeunt exeunt, DataMap map, String subject) {
        super(receipt, ErasureAssert.class);
        this.exeunt = exeunt;
        this.map = map;
        this.subject = subject;
    }

    static ErasureAssert erase(String subject, DataSource dataSource, DataMap map) {
        Exeunt exeunt = TestedMap.exeunt(dataSource);
        Receipt receipt = exeunt.erase(map, List.of(subject), beforeCommit -> {});
        return new ErasureAssert(receipt, exeunt, map, subject);
    }

    /** Asserts that so many rows of the table were deleted. */
    public ErasureAssert deletes(String table, long rows) {
        return rowsAre(table, "deleted", rows, receipt(table).deleted());
    }

    /** Asserts that so many rows of the table were overwritten. */
    public ErasureAssert changes(String table, long rows) {
        return rowsAre(table, "changed", rows, receipt(table).changed());
    }

    /** Asserts that no row of the table was deleted or overwritten. */
    public ErasureAssert leavesUntouched(String table) {
        return deletes(table, 0).changes(table, 0);
    }

    /**
     * Asserts that the database holds neither the person's key nor these former values, except where the map keeps them. Works where the
     * test named the person by key, since an erasure overwrites identifiers.
     *
     * @param formerValues such as a name or an address, looked for in every text, JSON and array column
     */
    public ErasureAssert leavesNothingOf(String... formerValues) {
        Residue residue = exeunt.verify(map, List.of(subject), List.of(formerValues));
        if (residue.verdict() != Residue.ResidueVerdict.NOTHING_LEFT) {
            failWithMessage("Data of the erased person is left, or could not be judged:%n%s", places(residue));
        }
        return this;
    }

    private static String places(Residue residue) {
        Stream<String> left = residue.places().stream()
                .filter(place -> place.kept() == null)
                .map(place -> place.table() + "." + place.column() + ": " + place.what() + ", rows: " + place.rows());
        Stream<String> unjudged = residue.unjudged().stream()
                .map(place -> place.table() + "." + place.column() + ": not judged: " + place.why());
        return Stream.of(left, unjudged, residue.unreadable().stream())
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private ErasureAssert rowsAre(String table, String what, long expected, long found) {
        if (expected != found) {
            failWithMessage(
                    "Expected the erasure to have %s %s rows of %s, but it was %s.", what, expected, table, found);
        }
        return this;
    }

    private TableReceipt receipt(String table) {
        return actual.tables().stream()
                .filter(each -> each.table().equals(table))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The map has no table " + table + ". It has "
                        + actual.tables().stream().map(TableReceipt::table).toList() + "."));
    }
}

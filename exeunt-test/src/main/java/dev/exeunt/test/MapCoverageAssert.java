package dev.exeunt.test;

import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.assertj.core.api.AbstractAssert;

/** Asserts what a check of a data map against a database found. The map has no errors. */
public final class MapCoverageAssert extends AbstractAssert<MapCoverageAssert, CheckResult> {

    private final DataMap map;

    private MapCoverageAssert(CheckResult checked, DataMap map) {
        super(checked, MapCoverageAssert.class);
        this.map = map;
    }

    static MapCoverageAssert check(DataSource dataSource, DataMap map) {
        CheckResult checked = TestedMap.exeunt(dataSource).check(map);
        MapCoverageAssert coverage = new MapCoverageAssert(checked, map);
        coverage.failUnlessEmpty("error", checked.errors());
        return coverage;
    }

    /** Asserts that the check found no warnings besides those that the map accepts. */
    public MapCoverageAssert withoutWarnings() {
        failUnlessEmpty("warning", actual.findings());
        return this;
    }

    /**
     * Asserts that the map names each of the tables, as mapped or as not personal. A table that no foreign key connects with people is
     * otherwise not missed.
     *
     * @param tables as the map writes them: {@code name} or {@code schema.name}
     */
    public MapCoverageAssert names(Collection<String> tables) {
        List<String> named = map.namedTables();
        List<String> missing =
                tables.stream().filter(table -> !named.contains(table)).sorted().toList();
        if (!missing.isEmpty()) {
            failWithMessage(
                    "The map names no table %s. Add each under tables, or under not-personal with a reason.",
                    String.join(", ", missing));
        }
        return this;
    }

    private void failUnlessEmpty(String what, List<Finding> findings) {
        if (!findings.isEmpty()) {
            String list = findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
            failWithMessage("The map has %s %s%s:%n%s", findings.size(), what, findings.size() == 1 ? "" : "s", list);
        }
    }
}

package dev.exeunt.map;

import java.util.List;

/**
 * Holds the findings of a map that was checked against a live schema. {@link #holds()} is what a test or a CI job asks.
 *
 * <pre>{@code
 * CheckResult checked = exeunt.check(map);
 * checked.findings().forEach(System.out::println); // place, problem, and a fix to paste
 * if (!checked.holds()) {
 *     throw new IllegalStateException("exeunt.yaml does not hold");
 * }
 * }</pre>
 *
 * @param findings errors and the warnings that the map does not accept, in the order of the file
 * @param accepted warnings that the map accepts
 * @param notes whole sentences: what could not be looked at, and where the database does not enforce what the map says
 */
public record CheckResult(List<Finding> findings, List<Finding> accepted, List<String> notes) {

    public CheckResult {
        findings = List.copyOf(findings);
        accepted = List.copyOf(accepted);
        notes = List.copyOf(notes);
    }

    /** Returns the result for a map that could not be read. */
    public static CheckResult refused(MapInvalidException e) {
        return new CheckResult(e.findings(), List.of(), List.of());
    }

    /** Returns the findings that keep the map from being carried out. */
    public List<Finding> errors() {
        return findings.stream().filter(Finding::isError).toList();
    }

    /** Whether the map can be carried out. */
    public boolean holds() {
        return errors().isEmpty();
    }
}

package dev.exeunt.map;

import dev.exeunt.ExeuntException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when a map cannot be read, or does not hold against the database. Carries every finding, not only the first.
 *
 * <pre>{@code
 * try {
 *     DataMap map = Exeunt.readMap(Path.of("exeunt.yaml"));
 * } catch (MapInvalidException invalid) {
 *     invalid.findings().forEach(finding -> System.out.println(finding.at() + ": " + finding.message()));
 * }
 * }</pre>
 */
public class MapInvalidException extends ExeuntException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    public MapInvalidException(List<Finding> findings) {
        super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    public List<Finding> findings() {
        return findings;
    }
}

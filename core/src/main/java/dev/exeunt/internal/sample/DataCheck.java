package dev.exeunt.internal.sample;

import dev.exeunt.ProgressListener;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.SampledReference;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.bind.MapBinder;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.schema.ConnectionTraces;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds to the findings of a check what sampled rows tell: links that the map lacks, contact data that it does not name, and
 * rows of others that an erasure changes. */
public final class DataCheck {

    private final Connection connection;
    private final MapDefinition map;
    private final DatabaseSchema schema;
    private final ProgressListener progress;

    public DataCheck(Connection connection, MapDefinition map, DatabaseSchema schema, ProgressListener progress) {
        this.connection = connection;
        this.map = map;
        this.schema = schema;
        this.progress = progress;
    }

    /**
     * Samples every table. The transaction only reads from now on.
     *
     * @param checked without any row; a table that it says is missing in the map is not sampled
     */
    public CheckResult check(CheckResult checked, DataSampling sampling) throws SQLException {
        MapBinder binder = new MapBinder(map, schema);
        Optional<BoundMap> bound = binder.bind();
        if (bound.isEmpty() || !binder.findings().isEmpty()) {
            return new CheckResult(
                    checked.findings(), checked.accepted(), List.of("No row was sampled: mend the names first."));
        }
        Set<String> missing = checked.findings().stream()
                .filter(f -> f.code() == FindingCode.UNMAPPED_TABLE)
                .map(Finding::what)
                .collect(Collectors.toSet());
        TableSampler sampler = new TableSampler(connection, bound.get());
        Set<String> sampled = new HashSet<>();
        List<Finding> found = SearchPath.ofRole(connection, c -> {
            sampler.begin(sampling.statementTimeout());
            return sample(bound.get(), sampler, missing, sampled);
        });
        List<String> notes = new ArrayList<>(checked.notes());
        notes.addAll(sampler.notes());
        if (bound.get().subject().key().size() > 1) {
            notes.add("Keys of several columns are not looked for in the sample, only identifiers.");
        }
        IdentifierLookup.tooSlow(bound.get().subject())
                .forEach(i ->
                        notes.add("Values of " + bound.get().subject().table().name() + "." + i
                                + " are not looked for in the sample: there are many, and no index serves it."));
        return new CheckResult(
                sorted(
                        withoutGuesses(checked.findings(), found, sampled),
                        found.stream().filter(f -> !map.accepts(f))),
                sorted(
                        withoutGuesses(checked.accepted(), found, sampled),
                        found.stream().filter(map::accepts)),
                notes);
    }

    /**
     * Returns the places whose sampled values refer to people and that no link of the map covers. The transaction only reads from now on.
     *
     * @param notes takes what could not be sampled
     */
    public List<SampledReference> references(DataSampling sampling, List<String> notes) throws SQLException {
        Optional<BoundMap> bound = new MapBinder(map, schema).bind();
        if (bound.isEmpty()) {
            return List.of();
        }
        TableSampler sampler = new TableSampler(connection, bound.get());
        UndeclaredLinkCheck links = new UndeclaredLinkCheck(bound.get(), new MapCoverage(bound.get()));
        List<SampledReference> found = SearchPath.ofRole(connection, c -> {
            sampler.begin(sampling.statementTimeout());
            List<SampledReference> references = new ArrayList<>();
            int done = 0;
            for (Table table : schema.tables()) {
                progress.at("sampling " + table.name(), done++, schema.tables().size());
                references.addAll(links.references(table, sampler.sample(table)));
            }
            return references;
        });
        notes.addAll(sampler.notes());
        return found;
    }

    /**
     * Counts for each link of the draft how many sampled rows have it. The transaction only reads from now on.
     *
     * @param notes takes what could not be sampled
     */
    void countLinks(DraftModel draft, DataSampling sampling, List<String> notes) throws SQLException {
        Optional<BoundMap> bound = new MapBinder(map, schema).bind();
        if (bound.isEmpty()) {
            return;
        }
        TableSampler sampler = new TableSampler(connection, bound.get());
        SearchPath.ofRole(connection, c -> {
            sampler.begin(sampling.statementTimeout());
            LinkShares.count(draft, sampler);
            return notes.addAll(sampler.notes());
        });
    }

    /** Where values tell, nothing more is to be said of names: of a column's that refers to people, of a table's with their traces. */
    private static List<Finding> withoutGuesses(List<Finding> checked, List<Finding> found, Set<String> sampled) {
        Set<String> certain = found.stream()
                .filter(f -> f.code() == FindingCode.UNDECLARED_LINK)
                .map(Finding::what)
                .collect(Collectors.toSet());
        Set<String> tables = new HashSet<>(sampled);
        found.stream()
                .map(f -> f.code() == FindingCode.UNDECLARED_LINK
                        ? f.what().substring(0, f.what().lastIndexOf('.'))
                        : f.what())
                .forEach(tables::add);
        return checked.stream()
                .filter(f -> f.code() != FindingCode.UNNAMED_CONTENT || !tables.contains(f.what()))
                .filter(f -> f.code() != FindingCode.HIDDEN_REFERENCE || !certain.contains(f.what()))
                .toList();
    }

    private static List<Finding> sorted(List<Finding> findings, Stream<Finding> more) {
        return Finding.sorted(Stream.concat(findings.stream(), more).toList());
    }

    /** @param sampled takes the tables of whose addresses values have told */
    private List<Finding> sample(BoundMap bound, TableSampler sampler, Set<String> missing, Set<String> sampled)
            throws SQLException {
        MapCoverage coverage = new MapCoverage(bound);
        UndeclaredLinkCheck links = new UndeclaredLinkCheck(bound, coverage);
        OtherOwnersCheck others = new OtherOwnersCheck(bound);
        UnnamedContentCheck contents = new UnnamedContentCheck(coverage);
        List<Finding> found = new ArrayList<>();
        int done = 0;
        for (Table table : schema.tables()) {
            progress.at("sampling " + table.name(), done++, schema.tables().size());
            if (missing.contains(table.name().toString())) {
                continue;
            }
            List<PlaceCounts> counts = sampler.sample(table);
            if (!ConnectionTraces.isOfSessions(table)) {
                sampled.add(table.name().toString());
            }
            List<Finding> undeclared = links.check(table, counts);
            found.addAll(undeclared);
            Set<String> reported = new HashSet<>();
            undeclared.forEach(f -> reported.add(f.what().substring((table.name() + ".").length())));
            contents.check(table, counts, reported).ifPresent(found::add);
            Optional<PlannedTable> planned = bound.planned(table.name());
            if (planned.isPresent()) {
                found.addAll(others.check(planned.get(), sampler));
            }
        }
        return found;
    }
}

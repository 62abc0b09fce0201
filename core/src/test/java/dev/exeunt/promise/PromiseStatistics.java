package dev.exeunt.promise;

import dev.exeunt.ExeuntException;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.promise.made.TestedFeature;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts, across threads, what was tried and how it ended. */
final class PromiseStatistics {

    private static final Set<FindingCode> DATABASE = EnumSet.of(
            FindingCode.BLOCKS,
            FindingCode.CASCADES,
            FindingCode.CANNOT_HOLD,
            FindingCode.REFERENCED_KEY,
            FindingCode.UNBREAKABLE_CYCLE,
            FindingCode.REPLICA_IDENTITY,
            FindingCode.SIDE_EFFECT,
            FindingCode.CANNOT_SEE,
            FindingCode.NO_RIGHTS);

    /** Counts how many refusals were examined and how many of them were not needed. */
    private static final class RefusalCount {
        private int all;
        private int needless;
    }

    private final Map<TestedFeature, Integer> kept = new EnumMap<>(TestedFeature.class);
    private final Map<String, RefusalCount> refusals = new TreeMap<>();
    private final Map<String, Integer> warned = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final boolean telling = Boolean.getBoolean("exeunt.promise.needless");
    private int maps;

    static boolean aboutTheDatabase(FindingCode code) {
        return DATABASE.contains(code);
    }

    synchronized void kept(Set<TestedFeature> features) {
        maps++;
        features.forEach(f -> kept.merge(f, 1, Integer::sum));
    }

    synchronized void failedAsWarned(ExeuntException e) {
        warned.merge(
                e instanceof DatabaseException d ? d.sqlState() : e.getClass().getSimpleName(), 1, Integer::sum);
    }

    synchronized void failed(long seed, Throwable e, String told) {
        StringWriter trace = new StringWriter();
        if (!(e instanceof AssertionError)) {
            e.printStackTrace(new PrintWriter(trace));
        }
        failures.add("seed " + seed + ": " + (e instanceof AssertionError ? e.getMessage() : e) + "\n" + trace + told);
    }

    /** @param reason what was in the way when it was tried by force; null for nothing */
    synchronized void refused(Finding finding, String reason) {
        boolean inherited = finding.message().contains(" inherits from ");
        RefusalCount of = refusals.computeIfAbsent(
                finding.code().word() + (inherited ? " (inherited)" : ""), c -> new RefusalCount());
        of.all++;
        if (reason == null) {
            of.needless++;
            if (telling) {
                System.out.println("needless: " + finding.code().word() + ": " + finding.message());
            }
        }
    }

    synchronized int maps() {
        return maps;
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized int kept(TestedFeature feature) {
        return kept.getOrDefault(feature, 0);
    }

    /** For people, and for the page that keeps it. */
    synchronized String report(int seeds) {
        StringBuilder report = new StringBuilder();
        report.append(seeds).append(" schemas, ").append(maps).append(" maps passed and were carried out, ");
        report.append(warned.values().stream().mapToInt(i -> i).sum()).append(" failed as a warning had said ");
        report.append(warned).append('\n');
        report.append("refusals looked into, and those for which nothing was in the way:\n");
        refusals.forEach((code, of) -> report.append(String.format(
                java.util.Locale.ROOT,
                "  %-22s %6d %6d  %3d %%%n",
                code,
                of.all,
                of.needless,
                100 * of.needless / of.all)));
        report.append("among the maps that passed:\n");
        for (TestedFeature feature : TestedFeature.values()) {
            report.append(String.format(java.util.Locale.ROOT, "  %-28s %6d%n", feature, kept(feature)));
        }
        return report.toString();
    }
}

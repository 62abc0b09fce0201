package dev.exeunt.needle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what was planted, found before an erasure and found after it, and what was reported without reason. */
final class NeedleStatistics {

    private final Map<NeedleKind, int[]> counts = new EnumMap<>(NeedleKind.class);
    private final List<String> failures = new ArrayList<>();
    private int databases;
    private int decoys;
    private int falseReports;

    synchronized void add(NeedleKind kind, boolean before, boolean after) {
        int[] of = counts.computeIfAbsent(kind, k -> new int[3]);
        of[0]++;
        of[1] += before ? 1 : 0;
        of[2] += after ? 1 : 0;
    }

    synchronized void database(boolean withDecoys, int reportsWithoutReason) {
        databases++;
        decoys += withDecoys ? 1 : 0;
        falseReports += reportsWithoutReason > 0 ? 1 : 0;
    }

    synchronized void failed(String failure) {
        failures.add(failure);
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized int planted(NeedleKind kind) {
        return counts.getOrDefault(kind, new int[3])[0];
    }

    synchronized int databasesWithFalseReports() {
        return falseReports;
    }

    synchronized String report() {
        StringBuilder report = new StringBuilder("needles in " + databases + " databases, " + decoys
                + " of them with decoys; " + falseReports + " with a false report");
        counts.forEach((kind, of) -> report.append("\n  ")
                .append(kind)
                .append(": planted ")
                .append(of[0])
                .append(", found before ")
                .append(of[1])
                .append(", found after ")
                .append(of[2]));
        return report.toString();
    }
}

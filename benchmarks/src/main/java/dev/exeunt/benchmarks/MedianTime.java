package dev.exeunt.benchmarks;

import java.util.List;

/** Computes the median of measured times. */
final class MedianTime {

    private MedianTime() {}

    static double of(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}

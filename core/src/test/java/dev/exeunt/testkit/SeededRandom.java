package dev.exeunt.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes random choices that are the same for the same seed. */
public final class SeededRandom {

    private final Random random;

    public SeededRandom(long seed) {
        // neighbouring seeds begin alike; the first throws are let go
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        random.nextLong();
    }

    /** 0 to {@code below - 1}. */
    public int below(int below) {
        return random.nextInt(below);
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    public final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** So many of them, or all, in any order. */
    public <T> List<T> some(List<T> of, int count) {
        List<T> shuffled = new ArrayList<>(of);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(count, shuffled.size()));
    }
}

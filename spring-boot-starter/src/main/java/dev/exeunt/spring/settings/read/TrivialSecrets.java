package dev.exeunt.spring.settings.read;

import java.util.List;
import java.util.Locale;

/**
 * Recognizes secrets that others can guess: few different characters, a short part repeated, a run as {@code abcdef}, or a
 * placeholder that was never replaced. A secret of {@code openssl rand} is none of these.
 */
final class TrivialSecrets {

    private static final int LEAST_DIFFERENT = 8;
    private static final int LONGEST_REPEATED = 16;

    private static final List<String> PLACEHOLDERS = List.of(
            "changeme",
            "changeit",
            "replaceme",
            "changethis",
            "replacethis",
            "yoursecret",
            "insertsecret",
            "placeholder");

    private TrivialSecrets() {}

    static boolean isTrivial(String secret) {
        return secret.chars().distinct().count() < LEAST_DIFFERENT
                || isRepeated(secret)
                || isRun(secret)
                || isPlaceholder(secret);
    }

    private static boolean isRepeated(String secret) {
        for (int length = 1; length <= LONGEST_REPEATED && 2 * length <= secret.length(); length++) {
            if (secret.startsWith(secret.substring(length))) {
                return true;
            }
        }
        return false;
    }

    /** Whether most characters are one more, or one less, than the one before. */
    private static boolean isRun(String secret) {
        int steps = 0;
        for (int i = 1; i < secret.length(); i++) {
            if (Math.abs(secret.charAt(i) - secret.charAt(i - 1)) == 1) {
                steps++;
            }
        }
        return 4 * steps >= 3 * secret.length();
    }

    private static boolean isPlaceholder(String secret) {
        String plain = secret.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return PLACEHOLDERS.stream().anyMatch(plain::contains);
    }
}

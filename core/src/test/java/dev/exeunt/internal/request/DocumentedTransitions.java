package dev.exeunt.internal.request;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Reads the table of state transitions from a page of the documentation. */
public final class DocumentedTransitions {

    private DocumentedTransitions() {}

    /** Its rows, without the words that say by whom. */
    public static List<String> in(String page) throws IOException {
        return Files.readAllLines(Path.of("../docs", page)).stream()
                .dropWhile(line -> !line.startsWith("| transition |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.replaceAll("`: [^|]*\\|", "` |"))
                .toList();
    }

    /** @param from in the order of the states */
    public static String row(Enum<?> transition, Collection<String> from, String to) {
        String word = transition.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "| `" + word + "` | " + String.join(", ", from) + " | " + to + " |";
    }
}

package dev.exeunt.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds a behaviour that is taken out of the code or of a sample's map, and the test that has to notice it. Also read by {@code
 * scripts/MutateRows.java}.
 *
 * @param row of the acceptance table
 * @param behaviour what is taken out, as a sentence
 * @param module whose test it is
 * @param test the class, {@code #} and the method
 * @param file from the repository's root
 * @param text what stands in the file exactly once
 */
public record RowMutation(
        String row, String behaviour, String module, String test, String file, String text, String replacement) {

    /** Where the table stands, from the repository's root. */
    public static final String TABLE = "samples/src/test/resources/row-mutations.txt";

    /** Reads the table of a repository. */
    public static List<RowMutation> readAll(Path root) throws IOException {
        List<RowMutation> mutations = new ArrayList<>();
        for (String block : Files.readString(root.resolve(TABLE)).split("\n\\s*\n")) {
            List<String> lines =
                    block.lines().filter(line -> !line.startsWith("#")).toList();
            if (!lines.isEmpty()) {
                mutations.add(read(lines));
            }
        }
        return mutations;
    }

    private static RowMutation read(List<String> lines) {
        String title = lines.get(0);
        int end = title.indexOf("] ");
        String[] test = only(lines, "test ").split(" ");
        return new RowMutation(
                title.substring(1, end),
                title.substring(end + 2),
                test[0],
                test[1],
                only(lines, "file "),
                joined(lines, "- "),
                joined(lines, "+ "));
    }

    private static String only(List<String> lines, String prefix) {
        return starting(lines, prefix).findFirst().orElseThrow();
    }

    private static String joined(List<String> lines, String prefix) {
        return starting(lines, prefix).collect(Collectors.joining("\n"));
    }

    private static Stream<String> starting(List<String> lines, String prefix) {
        return lines.stream().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length()));
    }

    public String testClass() {
        return test.substring(0, test.indexOf('#'));
    }

    public String testMethod() {
        return test.substring(test.indexOf('#') + 1);
    }

    /** Returns how often the text stands in the file. */
    public int occurrences(Path root) throws IOException {
        String content = Files.readString(root.resolve(file));
        int count = 0;
        for (int at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) {
            count++;
        }
        return count;
    }
}

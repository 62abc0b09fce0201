package dev.exeunt.samples;

import dev.exeunt.map.FindingCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The reference's page on a finding, as far as a test can hold it to the program: its examples. */
final class FindingPage {

    static final Path FOLDER = Path.of(System.getProperty("exeunt.samples"))
            .resolveSibling("docs")
            .resolve("findings")
            .normalize();

    private static final Pattern BLOCK = Pattern.compile("```(sql|yaml|text)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern USER =
            Pattern.compile("^\\$ exeunt check( --data)?(?: --db-user (\\w+))?\n(.*)", Pattern.DOTALL);

    private FindingPage() {}

    /**
     * Holds an example of a finding page: schema, map, printed finding and fix.
     *
     * @param data whether rows are sampled
     * @param user the role that checks, or null for whoever made the schema
     * @param fixedBySql whether the fix is SQL to run; else it is the whole map, changed
     */
    record FindingExample(
            FindingCode code,
            int number,
            String schema,
            String map,
            boolean data,
            String user,
            String printed,
            String fix,
            boolean fixedBySql) {
        @Override
        public String toString() {
            return code.word() + " " + number;
        }
    }

    static Path of(FindingCode code) {
        return FOLDER.resolve(code.word() + ".md");
    }

    /** In the order of the page: each is four blocks, SQL, YAML, text, and SQL or YAML. */
    static List<FindingExample> examples(FindingCode code) {
        List<MatchResult> blocks = BLOCK.matcher(text(of(code))).results().toList();
        if (blocks.isEmpty() || blocks.size() % 4 != 0) {
            throw new AssertionError(of(code)
                    + " needs examples of four blocks each: the schema in sql, the map in yaml,"
                    + " what check prints in text, and the fix in sql or yaml. It has " + blocks.size() + " blocks.");
        }
        List<FindingExample> examples = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i += 4) {
            MatchResult printed = USER.matcher(blocks.get(i + 2).group(2))
                    .results()
                    .findFirst()
                    .orElseThrow();
            examples.add(new FindingExample(
                    code,
                    examples.size() + 1,
                    blocks.get(i).group(2),
                    blocks.get(i + 1).group(2),
                    printed.group(1) != null,
                    printed.group(2),
                    printed.group(3),
                    blocks.get(i + 3).group(2),
                    blocks.get(i + 3).group(1).equals("sql")));
        }
        return examples;
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

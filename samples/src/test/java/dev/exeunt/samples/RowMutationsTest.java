package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds the table of mutations to the sources and tests as they are now. */
class RowMutationsTest {

    private static final Path ROOT =
            Path.of(System.getProperty("exeunt.samples")).toAbsolutePath().getParent();

    @Test
    @DisplayName("each mutation's text stands in its file exactly once, so that the mutation can still be applied")
    void textsOccurOnce() throws IOException {
        for (RowMutation mutation : RowMutation.readAll(ROOT)) {
            assertThat(mutation.occurrences(ROOT))
                    .as("how often " + mutation.file() + " holds this text, which "
                            + RowMutation.TABLE + " names (a change of the one needs a change of the other): "
                            + mutation.text())
                    .isEqualTo(1);
            assertThat(mutation.replacement()).isNotEqualTo(mutation.text());
        }
    }

    @Test
    @DisplayName("each mutation's test exists and bears the row's name")
    void testsExist() throws IOException {
        for (RowMutation mutation : RowMutation.readAll(ROOT)) {
            Path file = ROOT.resolve(
                    mutation.module() + "/src/test/java/" + mutation.testClass().replace('.', '/') + ".java");
            assertThat(file).exists();
            Matcher method = Pattern.compile("\\n    void " + mutation.testMethod() + "\\(")
                    .matcher(Files.readString(file));
            assertThat(method.find()).as(mutation.test()).isTrue();
            if (mutation.row().contains("-")) {
                String before = Files.readString(file).substring(0, method.start());
                assertThat(before.substring(before.lastIndexOf("@DisplayName")))
                        .as(mutation.test())
                        .contains(mutation.row());
            }
        }
    }

    @Test
    @DisplayName("the table has a mutation for each row that a test can notice")
    void rows() throws IOException {
        List<RowMutation> mutations = RowMutation.readAll(ROOT);
        assertThat(mutations).hasSizeGreaterThanOrEqualTo(60);
        TreeSet<String> rows = new TreeSet<>();
        mutations.forEach(mutation -> rows.add(mutation.row()));
        assertThat(rows).hasSizeGreaterThanOrEqualTo(44).contains("capture");
    }

    @Test
    @DisplayName("the page of the last run names each mutation")
    void page() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/explanation/mutated-rows.md"));
        assertThat(RowMutation.readAll(ROOT))
                .allSatisfy(mutation ->
                        assertThat(page).contains("| " + mutation.row() + " | " + mutation.behaviour() + " |"));
    }
}

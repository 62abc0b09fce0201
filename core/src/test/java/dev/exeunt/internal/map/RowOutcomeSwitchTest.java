package dev.exeunt.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Tests that the compiler checks every decision about a {@link RowOutcome}: main code decides by switch expressions without a
 * default branch, and in no other way. A switch statement would compile although it misses a constant.
 */
class RowOutcomeSwitchTest {

    private static final Set<String> CONSTANTS =
            Arrays.stream(RowOutcome.values()).map(RowOutcome::name).collect(Collectors.toSet());

    /** What no other enum of the project has, so that a switch that names one of them is over the outcome. */
    private static final Set<String> OWN =
            Set.of("LEAVE_ALONE", "OVERWRITE_WHILE_HIDDEN", "DELETE_AT_REQUEST", "UNSPECIFIED");

    private static final Pattern INSTANCEOF = Pattern.compile(
            "instanceof (final )?(RowTreatment|Fate|HideRule)\\b|import .*\\.(Fate|HideRule)\\.|\\b(Fate|HideRule)(\\.\\w+)?\\.class\\b");
    private static final Pattern CONSTANT =
            Pattern.compile("RowOutcome\\.(" + String.join("|", CONSTANTS) + ")\\b|import static .*\\.RowOutcome\\.");

    /** Parsing is slow, so that files without any of these are left out. */
    private static final Pattern MAY_DECIDE = Pattern.compile("RowOutcome|outcome\\(\\)|" + String.join("|", OWN));

    /** What constructs an outcome rather than asks for it. */
    private static final Set<String> CONSTRUCTING = Set.of("Fate.java", "HideRule.java", "PlannedHiding.java");

    @Test
    void mainCodeDecidesBySwitchExpressionsWithoutADefaultBranch() throws IOException {
        List<Decision> decisions = decisions();
        assertThat(decisions).as("decisions about an outcome").hasSizeGreaterThan(12);
        assertThat(decisions).filteredOn(d -> !d.fault().isEmpty()).isEmpty();
    }

    @Test
    void theGuideToExtendingNamesEveryPlaceThatDecides() throws IOException {
        String page = Files.readString(Path.of("../docs/extending.md"));
        String guide = page.substring(page.indexOf("## A fate"), page.indexOf("## A link form"));
        assertThat(decisions())
                .extracting(Decision::file)
                .allSatisfy(file -> assertThat(guide).contains("/" + file + ")"));
    }

    @Test
    void mainCodeAsksNoFateForItsClassAndComparesNoOutcome() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : mainSources()) {
            String text = Files.readString(source);
            boolean compares = CONSTANT.matcher(text).find()
                    && !CONSTRUCTING.contains(source.getFileName().toString());
            if (compares || INSTANCEOF.matcher(text).find()) {
                found.add(source.getFileName().toString());
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void otherWaysToAskAFateForItsClassAreFound() {
        assertThat(List.of(
                        "fate instanceof Fate.Keep keep",
                        "fate instanceof final HideRule.StashRows",
                        "import dev.exeunt.internal.map.Fate.Keep;",
                        "Fate.Keep.class::isInstance",
                        "rule.getClass() == HideRule.StashRows.class"))
                .allMatch(text -> INSTANCEOF.matcher(text).find());
        assertThat(List.of("import dev.exeunt.internal.map.Fate;", "role.fate().keep()"))
                .noneMatch(text -> INSTANCEOF.matcher(text).find());
    }

    @Test
    void aDefaultBranchAndASwitchStatementAreFound() {
        String body = "class A { int a(R r) { %s } }";
        assertThat(decisions("A", body.formatted("return switch (r.outcome()) { case KEEP -> 1; default -> 2; };")))
                .extracting(Decision::fault)
                .containsExactly("has a default branch");
        assertThat(decisions("A", body.formatted("switch (r) { case LEAVE_ALONE, KEEP -> {} } return 1;")))
                .extracting(Decision::fault)
                .containsExactly("is a statement");
        assertThat(decisions(
                        "A",
                        "// RowOutcome\n" + body.formatted("return switch (r) { case KEEP -> 1; default -> 2; };")))
                .extracting(Decision::fault)
                .containsExactly("has a default branch");
        assertThat(decisions("A", body.formatted("return switch (r) { case KEEP -> 1; default -> 2; };")))
                .as("over another enum")
                .isEmpty();
    }

    /** @param fault empty where the compiler checks it */
    private record Decision(String file, String selector, String fault) {}

    private static List<Decision> decisions() throws IOException {
        List<Decision> decisions = new ArrayList<>();
        for (Path source : mainSources()) {
            String text = Files.readString(source);
            if (MAY_DECIDE.matcher(text).find()) {
                decisions.addAll(decisions(source.getFileName().toString(), text));
            }
        }
        return decisions;
    }

    private static List<Path> mainSources() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> modules = Files.list(root)) {
            return modules.map(m -> m.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(RowOutcomeSwitchTest::javaFiles)
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try {
            return Files.walk(directory).filter(p -> p.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Decision> decisions(String file, String source) {
        JavaFileObject text =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, d -> {}, List.of("-proc:none"), null, List.of(text));
        List<Decision> decisions = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new DecisionScanner(file, source.contains("RowOutcome"), decisions), null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return decisions;
    }

    /** Collects the switches over an outcome; parsed, not compiled, so that the labels and the selector have to tell. */
    private static final class DecisionScanner extends TreeScanner<Void, Void> {
        private final String file;
        private final boolean namesType;
        private final List<Decision> decisions;

        DecisionScanner(String file, boolean namesType, List<Decision> decisions) {
            this.file = file;
            this.namesType = namesType;
            this.decisions = decisions;
        }

        @Override
        public Void visitSwitch(SwitchTree tree, Void nothing) {
            add(tree.getExpression(), tree.getCases(), "is a statement");
            return super.visitSwitch(tree, nothing);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree tree, Void nothing) {
            add(tree.getExpression(), tree.getCases(), "");
            return super.visitSwitchExpression(tree, nothing);
        }

        private void add(ExpressionTree selector, List<? extends CaseTree> cases, String fault) {
            Set<String> labels = cases.stream()
                    .flatMap(c -> c.getExpressions().stream())
                    .map(Object::toString)
                    .collect(Collectors.toSet());
            boolean named = namesType && !labels.isEmpty() && CONSTANTS.containsAll(labels);
            boolean over = named
                    || labels.stream().anyMatch(OWN::contains)
                    || selector.toString().contains("outcome()");
            if (over) {
                boolean otherwise =
                        cases.stream().anyMatch(c -> c.getExpressions().isEmpty());
                decisions.add(new Decision(file, selector.toString(), otherwise ? "has a default branch" : fault));
            }
        }
    }
}

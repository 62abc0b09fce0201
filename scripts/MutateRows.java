import dev.exeunt.samples.RowMutation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Applies the mutations of a compiled copy of the repository one by one and runs each one's test. A mutated class lies before the
 * compiled ones on the class path. Arguments: the copy, and the rows to try.
 */
final class MutateRows {

    private static final int MINUTES = 10;

    private final Path root;
    private final Path mutated;
    private final Path runner;
    private Path log;

    private MutateRows(Path root) {
        this.root = root;
        this.mutated = root.resolve("target/mutated-classes");
        this.runner = root.resolve("target/runner-classes");
        this.log = root.resolve("target/unmutated.log");
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]).toRealPath();
        List<String> rows = Arrays.asList(arguments).subList(1, arguments.length);
        List<RowMutation> mutations = RowMutation.readAll(root).stream()
                .filter(mutation -> rows.isEmpty() || rows.contains(mutation.row()))
                .toList();
        System.exit(new MutateRows(root).tryAll(mutations) ? 0 : 1);
    }

    private boolean tryAll(List<RowMutation> mutations) throws Exception {
        for (RowMutation mutation : mutations) {
            int found = mutation.occurrences(root);
            if (found != 1) {
                throw new IllegalStateException(
                        "The text of \"" + mutation.behaviour() + "\" stands in " + mutation.file() + " " + found + " times, not once.");
            }
        }
        Files.createDirectories(runner);
        compile("scripts/RunOneTest.java", "core", runner);
        withoutMutation(mutations);
        List<RowMutation> missed = new ArrayList<>();
        List<String> report = new ArrayList<>();
        for (RowMutation mutation : mutations) {
            log = root.resolve("target/mutated-" + report.size() + ".log");
            long since = System.nanoTime();
            boolean noticed = isNoticed(mutation);
            String test = mutation.test().substring(mutation.test().lastIndexOf('.') + 1);
            report.add("| " + mutation.row() + " | " + mutation.behaviour() + " | `" + test + "` | " + (noticed ? "yes" : "**no**")
                    + " |");
            System.out.printf(
                    "%-11s %-7s %s (%s, %d s)%n",
                    noticed ? "noticed" : "NOT NOTICED",
                    mutation.row(),
                    mutation.behaviour(),
                    test,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since));
            if (!noticed) {
                missed.add(mutation);
            }
        }
        Path table = Files.write(root.resolve("target/mutated-rows.md"), report);
        System.out.println(mutations.size() + " mutations of "
                + mutations.stream().map(RowMutation::row).distinct().count() + " rows, "
                + (mutations.size() - missed.size()) + " noticed. The table is in " + table);
        return missed.isEmpty();
    }

    /** A test that fails without a mutation would notice each. */
    private void withoutMutation(List<RowMutation> mutations) throws Exception {
        Map<String, Set<String>> tests = new LinkedHashMap<>();
        mutations.forEach(mutation -> tests.computeIfAbsent(mutation.module(), module -> new LinkedHashSet<>())
                .add(mutation.test()));
        clear();
        for (Map.Entry<String, Set<String>> module : tests.entrySet()) {
            System.out.println("Running " + module.getValue().size() + " tests of " + module.getKey() + " without a mutation");
            if (run(module.getKey(), module.getValue()) != 0) {
                throw new IllegalStateException("A test fails without a mutation. See " + log);
            }
        }
    }

    private boolean isNoticed(RowMutation mutation) throws Exception {
        clear();
        Path file = root.resolve(mutation.file());
        String content = Files.readString(file);
        try {
            Files.writeString(file, content.replace(mutation.text(), mutation.replacement()));
            if (mutation.file().endsWith(".java")) {
                compile(mutation.file(), module(mutation.file()), mutated);
            }
            int result = run(mutation.module(), Set.of(mutation.test()));
            if (result == 2) {
                throw new IllegalStateException("There is no test " + mutation.test() + ".");
            }
            return result != 0;
        } finally {
            Files.writeString(file, content);
        }
    }

    private void compile(String file, String module, Path classes) throws IOException {
        String path = classPath(module) + File.pathSeparator + launcher(module);
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-parameters", "--release", "17"));
        arguments.addAll(List.of("-cp", path, "-d", classes.toString(), root.resolve(file).toString()));
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("The mutated " + file + " does not compile.");
        }
    }

    private static String module(String file) {
        return file.substring(0, file.indexOf('/'));
    }

    private int run(String module, Set<String> tests) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.timezone=Pacific/Apia",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Dfile.encoding=UTF-8",
                "-Dexeunt.samples=" + root.resolve("samples"),
                "-cp",
                mutated + File.pathSeparator + runner + File.pathSeparator + classPath(module) + File.pathSeparator + launcher(module),
                "RunOneTest"));
        command.addAll(tests);
        Process process = new ProcessBuilder(command)
                .directory(root.resolve(module).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return 1; // it waits for what does not come any more
        }
        return process.exitValue();
    }

    private String classPath(String module) throws IOException {
        Path target = root.resolve(module).resolve("target");
        return target.resolve("test-classes") + File.pathSeparator + target.resolve("classes") + File.pathSeparator
                + Files.readString(target.resolve("test-classpath.txt")).strip();
    }

    /** It lies beside the engine that the tests name, once Maven has run a test. */
    private String launcher(String module) throws IOException {
        String engine = Arrays.stream(classPath(module).split(File.pathSeparator))
                .filter(entry -> entry.contains("junit-platform-engine"))
                .findFirst()
                .orElseThrow();
        String launcher = engine.replace("junit-platform-engine", "junit-platform-launcher");
        if (!Files.exists(Path.of(launcher))) {
            throw new IllegalStateException("Run ./test once: it fetches " + launcher + ".");
        }
        return launcher;
    }

    private void clear() throws IOException {
        if (Files.exists(mutated)) {
            try (Stream<Path> files = Files.walk(mutated)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(mutated);
    }
}

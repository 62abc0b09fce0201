package dev.exeunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the examples in the javadoc of the public API compile. */
class JavadocExamplesTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/exeunt");

    private static final Pattern EXAMPLE =
            Pattern.compile("<pre>\\{@code\\n(.*?)\\n[ *]*}</pre>", Pattern.DOTALL | Pattern.MULTILINE);

    /** The fields are what an example may use without declaring it. */
    private static final String FRAME = """
            import dev.exeunt.*;
            import dev.exeunt.archive.*;
            import dev.exeunt.archive.directory.*;
            import dev.exeunt.database.*;
            import dev.exeunt.erase.*;
            import dev.exeunt.erase.Residue.ResidueVerdict;
            import dev.exeunt.export.*;
            import dev.exeunt.ledger.*;
            import dev.exeunt.map.*;
            import dev.exeunt.map.ExportSettings.BundleFormat;
            import dev.exeunt.request.*;
            import dev.exeunt.request.AccountRequests.LegalHold;
            import dev.exeunt.request.AccountRequests.NewLegalHold;
            import dev.exeunt.support.files.*;
            import dev.exeunt.support.text.*;
            import dev.exeunt.work.*;
            import java.io.*;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.*;
            import java.sql.Connection;
            import java.time.*;
            import java.util.*;

            abstract class %s {
                String password;
                String name;
                Database database;
                HashKey key;
                Exeunt exeunt;
                DataMap map;
                AccountRequests requests;
                Request request;
                ExportJobs exports;
                Receipt receipt;
                Instant issuedAt;
                OutputStream out;

                void example() throws Exception {
                    %s
                }
            }
            """;

    @TempDir
    private Path classes;

    /** Holds the source of one example, as the only method of a class. */
    private static final class ExampleSource extends SimpleJavaFileObject {
        private final String text;

        private ExampleSource(String name, String example) {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = FRAME.formatted(name, example);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @Test
    void eachExampleCompiles() {
        List<ExampleSource> examples = new ArrayList<>();
        for (Path file : publicSources()) {
            String type = file.getFileName().toString().replace(".java", "");
            Matcher matcher = EXAMPLE.matcher(text(file));
            while (matcher.find()) {
                String example = matcher.group(1).replaceAll("(?m)^ *\\* ?", "");
                examples.add(new ExampleSource("ExampleOf" + type + examples.size(), example));
            }
        }
        assertThat(examples).hasSizeGreaterThan(25);
        assertThat(errors(examples)).isEmpty();
    }

    @Test
    void anExampleThatDoesNotCompileIsFound() {
        assertThat(errors(List.of(new ExampleSource("Wrong", "exeunt.forget(map);"))))
                .contains("cannot find symbol", "forget");
    }

    private String errors(List<ExampleSource> examples) {
        StringWriter errors = new StringWriter();
        List<String> options = List.of(
                "-proc:none",
                "-nowarn",
                "-d",
                classes.toString(),
                "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(errors, null, null, options, null, examples)
                .call();
        return compiled ? "" : errors.toString();
    }

    private static List<Path> publicSources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(SOURCES.resolve("internal")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

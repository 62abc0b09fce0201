package dev.exeunt.examples.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests that each Java snippet of the documentation is a named region of code that the build compiles. A page names the region in a
 * comment above the snippet; run with {@code -Dexeunt.snippets.write=true}, the test writes the regions into the pages.
 */
class JavaSnippetsTest {

    private static final Path ROOT =
            Path.of(System.getProperty("exeunt.repository")).normalize();

    /** The comment, the snippet's language, its code. */
    private static final Pattern SNIPPET = Pattern.compile(
            "(?:<!-- snippet: (?<file>\\S+) (?<region>\\S+) -->\n)?```java\n(?<code>.*?)```", Pattern.DOTALL);

    @Test
    void eachSnippetIsARegionOfCompiledCode() throws IOException {
        int snippets = 0;
        for (Path page : pages()) {
            String text = Files.readString(page);
            Matcher found = SNIPPET.matcher(text);
            StringBuilder written = new StringBuilder();
            while (found.find()) {
                snippets++;
                assertThat(found.group("file"))
                        .as("%s names the region of:%n%s", page, found.group())
                        .isNotNull();
                String region = region(found.group("file"), found.group("region"));
                found.appendReplacement(
                        written,
                        Matcher.quoteReplacement("<!-- snippet: " + found.group("file") + " " + found.group("region")
                                + " -->\n```java\n" + region + "```"));
            }
            found.appendTail(written);
            if (Boolean.getBoolean("exeunt.snippets.write")) {
                Files.writeString(page, written);
            } else {
                assertThat(text).as(page.toString()).isEqualTo(written.toString());
            }
        }
        assertThat(snippets).isGreaterThanOrEqualTo(20);
    }

    /** Returns the lines between {@code tag::name[]} and {@code end::name[]}, without the indentation that they share. */
    private static String region(String file, String name) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("examples").resolve(file));
        int first = indexOf(lines, "// tag::" + name + "[]", file);
        int end = indexOf(lines, "// end::" + name + "[]", file);
        return String.join("\n", lines.subList(first + 1, end)).stripIndent() + "\n";
    }

    private static int indexOf(List<String> lines, String mark, String file) {
        List<String> bare = lines.stream().map(String::strip).toList();
        assertThat(bare).as(file).containsOnlyOnce(mark);
        return bare.indexOf(mark);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .toList();
        }
    }
}

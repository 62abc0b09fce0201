package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.SeededRandom;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LibreOffice runs nothing that stands in a bundle's CSV, whatever it takes for the separator. */
class SpreadsheetTest {

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { erase: delete }
              things: { subject: user_id, erase: delete }
            """;

    private static final List<String> BLANKS = List.of(
            "", " ", "\t", "\r", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", "\u200b", "\ufeff", "\u2028", "\u000b",
            "\u001f", " \t ");
    private static final List<String> BEFORE =
            List.of("", "a;", "a,", "a\t", "a\n", "\";", "\",", "\"\t", "a\";", "';", ";\"", "\"\n");
    private static final List<String> FORMULAS = List.of(
            "=1+1",
            "+1+1",
            "-1+1",
            "@SUM(1)",
            "=1+1;x",
            "=1+1\tx",
            "=1+1\nx",
            "=cmd|' /C calc'!A0",
            "\uff1d1+1",
            "=1+1,\"x");

    @TempDir
    private Path directory;

    private static List<String> hostile() {
        List<String> values = new ArrayList<>();
        for (String before : BEFORE) {
            for (String blank : BLANKS) {
                for (String formula : FORMULAS) {
                    values.add(before + blank + formula);
                }
            }
        }
        SeededRandom dice = new SeededRandom(12);
        for (int n = 0; n < 2000; n++) {
            values.add(Stream.generate(
                            () -> dice.one("=1+1", "=", "-", "\"", ";", ",", "\t", "\n", "\r", " ", "'", "a", "\u00a0"))
                    .limit(1 + dice.below(7))
                    .reduce("", String::concat));
        }
        return values;
    }

    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private String csv() {
        StringBuilder sql = new StringBuilder("CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1);"
                + "CREATE TABLE things (first text, n numeric, user_id int REFERENCES users, v text, \"x;=1+1\" text, w text);"
                + "CREATE INDEX ON things (user_id); INSERT INTO things VALUES ");
        List<String> values = hostile();
        for (int i = 0; i < values.size(); i++) {
            String value = literal(values.get(i));
            sql.append(i == 0 ? "" : ",")
                    .append(i % 3 == 0 ? "(NULL" : "(" + value)
                    .append(",-1.5,1," + value + "," + (i % 2 == 0 ? "NULL," : "'x',") + value + ")");
        }
        try (TestDatabase database = TestDatabase.createFrom(sql.toString())) {
            return ExportedBundle.zip(database, MAP, "1").text("things.csv");
        }
    }

    @Test
    void libreOfficeFindsNoFormula() throws Exception {
        TestSkip.unless(available(), "no LibreOffice here (apt-get install libreoffice-calc)");
        String csv = csv();
        for (String separators : List.of("44", "59", "9", "44/59/9")) {
            for (boolean trimmed : new boolean[] {false, true}) {
                String opened = opened("bundle", csv, separators, trimmed);
                assertThat(opened)
                        .as(separators)
                        .contains("office:value-type=\"string\"")
                        .doesNotContain("table:formula=");
            }
        }
        assertThat(opened("naive", "1,\"=1+1\"\n2, =1+1\n", "44", true))
                .as("what is not guarded is found by the same trial")
                .contains("table:formula=");
        assertThat(opened("naive", "1,\"a;=1+1;x\"\n", "59", false)).contains("table:formula=");
    }

    private static boolean available() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .anyMatch(p -> Files.isExecutable(Path.of(p, "soffice")));
    }

    /** As a spreadsheet would have it: flat XML. Formulas are evaluated, which LibreOffice leaves out unless told. */
    private String opened(String name, String csv, String separators, boolean trimmed)
            throws IOException, InterruptedException {
        Path file = directory.resolve(name + ".csv");
        Files.writeString(file, csv);
        String filter = "CSV:" + separators + ",34,76,1,,0,false,true,false,false," + trimmed + ",0,true";
        Process process = new ProcessBuilder(
                        "soffice",
                        "-env:UserInstallation=" + directory.resolve("profile").toUri(),
                        "--headless",
                        "--infilter=" + filter,
                        "--convert-to",
                        "fods",
                        "--outdir",
                        directory.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(said).isTrue();
        return Files.readString(directory.resolve(name + ".fods"));
    }
}

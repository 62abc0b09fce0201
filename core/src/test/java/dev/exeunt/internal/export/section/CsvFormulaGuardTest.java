package dev.exeunt.internal.export.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.SeededRandom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that the guard does what two regular expressions say, whatever stands in a text. */
class CsvFormulaGuardTest {

    private static final String FORMULA = "[=+@\\uff1d\\uff0b\\uff0d\\uff20-]";
    private static final String BLANKS =
            "\\u0001-\\u0008\\u000b\\u000c\\u000e-\\u0020\\u007f-\\u00a0\\u00ad\\u1680\\u180e"
                    + "\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff";
    private static final Pattern BEGINNING = Pattern.compile("^[" + BLANKS + "\\t\\n\\r]*" + FORMULA);
    private static final Pattern WITHIN = Pattern.compile("([;\\t\\n\\r])([" + BLANKS + "\"]*" + FORMULA + ")");

    private static String expected(String text) {
        String within = WITHIN.matcher(text).replaceAll("$1'$2");
        return quoted(BEGINNING.matcher(text).find() ? "'" + within : within);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** Returns what was written; null where the line was refused. */
    private static String guarded(String line, Boolean... texts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean wellFormed = new CsvFormulaGuard(List.of(texts)).write(line.getBytes(StandardCharsets.UTF_8), out);
        return wellFormed ? out.toString(StandardCharsets.UTF_8) : null;
    }

    @Test
    void randomTextsAreGuardedAsTheExpressionsSay() throws IOException {
        SeededRandom dice = new SeededRandom(31);
        for (int n = 0; n < 20_000; n++) {
            String text = Stream.generate(() -> dice.one(
                            "=",
                            "-",
                            "+",
                            "@",
                            "\uff1d",
                            "\"",
                            ";",
                            ",",
                            "\t",
                            "\n",
                            "\r",
                            " ",
                            "'",
                            "a",
                            "\u00a0",
                            "\u00ad",
                            "é",
                            "\u2003",
                            "\u200b",
                            "\u2010",
                            "\ufeff",
                            "\uff01",
                            "\u0001",
                            "\ud83d\ude00",
                            "\u1680"))
                    .limit(dice.below(9))
                    .reduce("", String::concat);
            assertThat(guarded("1," + quoted(text) + ",x," + quoted(text) + "\n", false, true, false, true))
                    .isEqualTo("1," + expected(text) + ",x," + expected(text) + "\n");
            assertThat(CsvFormulaGuard.cell(text)).isEqualTo(expected(text));
        }
    }

    @Test
    void everyCharacterIsTakenAsTheExpressionsTakeIt() throws IOException {
        for (int character = 1; character <= 0xffff; character++) {
            if (!Character.isSurrogate((char) character)) {
                for (String text :
                        List.of((char) character + "1", (char) character + "=", ";" + (char) character + "=")) {
                    if (!guarded(quoted(text) + "\n", true).equals(expected(text) + "\n")) {
                        throw new AssertionError("U+" + Integer.toHexString(character) + " in " + quoted(text));
                    }
                }
            }
        }
    }

    @Test
    void numbersAreNotGuardedAlsoWhereTheyAreQuoted() throws IOException {
        assertThat(guarded("\"-$1,234.50\",-1,,\"=1\"\n", false, false, true, true))
                .isEqualTo("\"-$1,234.50\",-1,,\"'=1\"\n");
    }

    @Test
    void aCellDoesNotReachIntoTheNextOne() throws IOException {
        assertThat(guarded("\"a;\",=1,\";\",\"\"\n", true, false, true, true)).isEqualTo("\"a;\",=1,\";\",\"\"\n");
    }

    @Test
    void aLineThatIsNoRowOfTheColumnsIsRefused() throws IOException {
        for (String line : List.of(
                "", "\n", "1\n", "1,2,3\n", "1,\"2\n", "1,\"2", "1,\"2\"x\n", "1,2", "1,\"2\",\n", "1,\"2\"\n\n")) {
            assertThat(guarded(line, false, true)).as(quoted(line)).isNull();
        }
        assertThat(guarded("1,\"2\"\n", false, true)).isEqualTo("1,\"2\"\n");
    }
}

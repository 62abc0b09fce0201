package dev.exeunt.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersStandRight() {
        TextTable table =
                new TextTable("Table", ">Rows", "Why").row("a", 7, "short").row("a_longer_name", 12_345, "x");

        assertThat(printed(table, 0)).isEqualTo("""
                        Table            Rows  Why
                        a                   7  short
                        a_longer_name  12 345  x
                        """);
    }

    @Test
    void onlyTheLastColumnIsFoldedAndOnlyOnAPage() {
        TextTable table = new TextTable("Table", "Why").row("comments", "because other people's threads refer to it");

        assertThat(printed(table, 40)).isEqualTo("""
                        Table     Why
                        comments  because other people's threads
                                  refer to it
                        """);
        assertThat(printed(table, 0)).contains("because other people's threads refer to it");
    }

    private static String printed(TextTable table, int width) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ReportPage(new PrintStream(bytes, true, StandardCharsets.UTF_8), new TerminalStyle(false), width)
                .table(table, "");
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

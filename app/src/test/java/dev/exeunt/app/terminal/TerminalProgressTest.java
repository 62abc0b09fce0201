package dev.exeunt.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.app.terminal.Interruption.InterruptedByUserException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Interruption interruption = new Interruption();
    private final Terminal terminal = Terminal.of(
            InputStream.nullInputStream(), System.out, new PrintStream(err, true, StandardCharsets.UTF_8), Map.of());

    @Test
    void workOverASecondIsToldOfInALineOfItsOwn() throws InterruptedException {
        try (TerminalProgress progress = TerminalProgress.start(terminal, "exporting", interruption)) {
            progress.at("exporting comments", 2, 7);
            for (int i = 0; i < 200 && err.size() == 0; i++) {
                Thread.sleep(50);
            }
        }

        assertThat(err.toString(StandardCharsets.UTF_8))
                .matches("exporting comments \\(2 of 7\\) \\.\\.\\. [0-9]+ s\\R");
    }

    @Test
    void shortWorkAndQuietWorkAreNotToldOf() throws InterruptedException {
        try (TerminalProgress quick = TerminalProgress.start(terminal, "exporting", interruption)) {
            quick.at("exporting comments", 2, 7);
        }
        try (TerminalProgress quiet = TerminalProgress.start(terminal, "", interruption)) {
            quiet.at("exporting comments", 2, 7);
            Thread.sleep(1500);
        }

        assertThat(err.size()).isZero();
    }

    @Test
    void interruptedWorkStopsWhereItReports() {
        try (TerminalProgress progress = TerminalProgress.start(terminal, "", interruption)) {
            interruption.idle(true);
            interruption.interrupt();

            assertThatThrownBy(() -> progress.at("deleting comments", 1, 2))
                    .isInstanceOf(InterruptedByUserException.class);
        }
    }
}

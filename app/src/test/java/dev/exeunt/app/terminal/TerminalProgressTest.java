package dev.exeunt.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.app.terminal.UserInterrupt.InterruptedByUserException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {

    private final CountDownLatch told = new CountDownLatch(1);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            told.countDown();
        }
    };
    private final UserInterrupt interruption = new UserInterrupt();
    private final Terminal terminal = Terminal.of(
            InputStream.nullInputStream(), System.out, new PrintStream(err, true, StandardCharsets.UTF_8), Map.of());

    @Test
    void workThatTakesLongIsToldOfInALineOfItsOwn() throws InterruptedException {
        Duration patience = Duration.ofMillis(20);
        try (TerminalProgress progress = TerminalProgress.start(terminal, "exporting", interruption, patience)) {
            progress.at("exporting comments", 2, 7);
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(err.toString(StandardCharsets.UTF_8))
                .matches("exporting( comments \\(2 of 7\\))? \\.\\.\\. [0-9]+ s\\R");
    }

    @Test
    void shortWorkIsNotToldOf() {
        try (TerminalProgress quick = TerminalProgress.start(terminal, "exporting", interruption)) {
            quick.at("exporting comments", 2, 7);
        }

        assertThat(err.size()).isZero();
    }

    @Test
    void quietWorkHasNoClockThatCouldTellOfIt() {
        try (TerminalProgress quiet = TerminalProgress.start(terminal, "", interruption, Duration.ofNanos(1))) {
            quiet.at("exporting comments", 2, 7);

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain(TerminalProgress.CLOCK);
        }
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

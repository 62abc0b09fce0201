package dev.exeunt.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.app.terminal.Interruption.InterruptedByUserException;
import dev.exeunt.app.terminal.Interruption.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    private final Interruption interruption = new Interruption();

    @Test
    void workThatWasInterruptedCannotPassItsPointOfNoReturn() {
        interruption.idle(true);

        assertThat(interruption.interrupt()).isEqualTo(Outcome.STOPPED);
        assertThatThrownBy(interruption::check).isInstanceOf(InterruptedByUserException.class);
        assertThatThrownBy(interruption::pointOfNoReturn).isInstanceOf(InterruptedByUserException.class);
    }

    @Test
    void pastThePointOfNoReturnAnInterruptionWaitsForTheEndAndSaysNothing() throws Exception {
        interruption.pointOfNoReturn();
        CompletableFuture<Outcome> interrupted = new CompletableFuture<>();
        Thread hook = new Thread(() -> interrupted.complete(interruption.interrupt()));
        hook.start();
        while (hook.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThat(interrupted).isNotDone();
        interruption.finished();
        assertThat(interrupted.get()).isEqualTo(Outcome.NOTHING_RAN);
    }

    @Test
    void anEndThatDoesNotComeIsSaidToBeUnknown() {
        Interruption impatient = Interruption.waiting(Duration.ofMillis(20));
        impatient.pointOfNoReturn();

        assertThat(impatient.interrupt()).isEqualTo(Outcome.STILL_ENDING);
    }

    @Test
    void anEndThatNobodyInterruptedIsNone() {
        interruption.finished();

        assertThat(interruption.interrupt()).isEqualTo(Outcome.NOTHING_RAN);
    }

    @Test
    void aPartIsInterruptedWithItsWholeAndCommitsOnItsOwn() {
        Interruption part = interruption.part();
        part.pointOfNoReturn();
        interruption.idle(true);

        assertThat(interruption.interrupt()).isEqualTo(Outcome.STOPPED);
        assertThatThrownBy(part::check).isInstanceOf(InterruptedByUserException.class);
    }
}

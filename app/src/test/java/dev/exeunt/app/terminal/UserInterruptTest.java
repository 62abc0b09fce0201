package dev.exeunt.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.app.terminal.UserInterrupt.InterruptOutcome;
import dev.exeunt.app.terminal.UserInterrupt.InterruptedByUserException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tests interrupts before and after the point of no return. */
class UserInterruptTest {

    private final UserInterrupt interruption = new UserInterrupt();

    @Test
    void workThatWasInterruptedCannotPassItsPointOfNoReturn() {
        interruption.idle(true);

        assertThat(interruption.interrupt()).isEqualTo(InterruptOutcome.STOPPED);
        assertThatThrownBy(interruption::check).isInstanceOf(InterruptedByUserException.class);
        assertThatThrownBy(interruption::pointOfNoReturn).isInstanceOf(InterruptedByUserException.class);
    }

    @Test
    void pastThePointOfNoReturnAnInterruptionWaitsForTheEndAndSaysNothing() throws Exception {
        interruption.pointOfNoReturn();
        CompletableFuture<InterruptOutcome> interrupted = new CompletableFuture<>();
        Thread hook = new Thread(() -> interrupted.complete(interruption.interrupt()));
        hook.start();
        while (hook.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThat(interrupted).isNotDone();
        interruption.finished();
        assertThat(interrupted.get()).isEqualTo(InterruptOutcome.NOTHING_RAN);
    }

    @Test
    void anEndThatDoesNotComeIsSaidToBeUnknown() {
        UserInterrupt impatient = UserInterrupt.waiting(Duration.ofMillis(20));
        impatient.pointOfNoReturn();

        assertThat(impatient.interrupt()).isEqualTo(InterruptOutcome.STILL_ENDING);
    }

    @Test
    void anEndThatNobodyInterruptedIsNone() {
        interruption.finished();

        assertThat(interruption.interrupt()).isEqualTo(InterruptOutcome.NOTHING_RAN);
    }

    @Test
    void aPartIsInterruptedWithItsWholeAndCommitsOnItsOwn() {
        UserInterrupt part = interruption.part();
        part.pointOfNoReturn();
        interruption.idle(true);

        assertThat(interruption.interrupt()).isEqualTo(InterruptOutcome.STOPPED);
        assertThatThrownBy(part::check).isInstanceOf(InterruptedByUserException.class);
    }
}

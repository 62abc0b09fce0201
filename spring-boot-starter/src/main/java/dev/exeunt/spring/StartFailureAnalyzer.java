package dev.exeunt.spring;

import dev.exeunt.ExeuntException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports what keeps the program from starting by its own message, without a stack trace. */
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<ExeuntException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ExeuntException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()), "Put right what it says, then start again.", cause);
    }
}

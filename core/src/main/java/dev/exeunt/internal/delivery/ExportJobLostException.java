package dev.exeunt.internal.delivery;

import dev.exeunt.ExeuntException;

/** Thrown when the export was cancelled or another worker took it over. */
final class ExportJobLostException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    ExportJobLostException() {
        super("The export was cancelled or taken over meanwhile.");
    }
}

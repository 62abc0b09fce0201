package dev.exeunt.internal.sideeffect;

import dev.exeunt.ExeuntException;

/** Thrown when an erasure notices that it would not do what the map says. The caller rolls back. */
public abstract class NothingErasedException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    /** @param why what would be wrong and what to do, as it follows "Nothing was erased: " */
    protected NothingErasedException(String why) {
        super("Nothing was erased: " + why);
    }
}

package dev.exeunt.spring.settings;

import dev.exeunt.ExeuntException;
import java.util.List;

/** The program cannot start as it is set. Its message names everything that is wrong, and shows no secret. */
public final class SettingsInvalidException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public SettingsInvalidException(List<String> faults) {
        super((faults.size() == 1 ? "A setting is wrong:" : faults.size() + " settings are wrong:") + "\n  - "
                + String.join("\n  - ", faults));
        this.faults = List.copyOf(faults);
    }

    /** Each a sentence or two: which setting, its value, what would be valid, the fix. */
    public List<String> faults() {
        return faults;
    }
}

package dev.exeunt.spring.web.page;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import java.util.ArrayList;
import java.util.List;

/** Holds the operator's texts for the hosted page and the receipt, as {@code exeunt.texts} has them. */
public final class HostedPageTexts {

    private final OwnTexts.ReplacedTexts texts;

    /** @throws SettingsInvalidException with every fault of the files */
    public HostedPageTexts(ExeuntSettings settings) {
        List<String> faults = new ArrayList<>();
        this.texts = OwnTexts.read(settings.page().texts(), faults);
        if (!faults.isEmpty()) {
            throw new SettingsInvalidException(
                    faults.stream().map(fault -> "exeunt.texts: " + fault).toList());
        }
    }

    OwnTexts.ReplacedTexts texts() {
        return texts;
    }
}

package dev.exeunt.internal.plan.fix;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.List;

/** Suggests the entry under {@code accept} that silences a warning, with a reason for the user to adapt. */
public final class AcceptanceFix {

    private AcceptanceFix() {}

    public static SuggestedFix suggest(FindingCode code, String what, String reason, String otherwise) {
        return SuggestedFix.entries(
                List.of("accept", code.word()),
                YamlFormatter.scalar(what) + ": " + YamlFormatter.proseInBraces(reason),
                otherwise);
    }
}

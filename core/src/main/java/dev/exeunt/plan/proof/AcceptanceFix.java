package dev.exeunt.plan.proof;

import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.map.yaml.YamlFormatter;
import java.util.List;

/** Suggests the entry under {@code accept} that silences a warning, with a reason for the user to adapt. */
final class AcceptanceFix {

    private AcceptanceFix() {}

    static SuggestedFix suggest(FindingCode code, String what, String reason, String otherwise) {
        return SuggestedFix.entries(
                List.of("accept", code.word()),
                YamlFormatter.scalar(what) + ": " + YamlFormatter.prose(reason),
                otherwise);
    }
}

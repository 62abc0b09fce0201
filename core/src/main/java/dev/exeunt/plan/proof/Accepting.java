package dev.exeunt.plan.proof;

import dev.exeunt.map.FindingCode;
import dev.exeunt.map.Fix;
import dev.exeunt.map.yaml.YamlText;
import java.util.List;

/** The entry under {@code accept} that silences a warning, with a reason to make one's own. */
final class Accepting {

    private Accepting() {}

    static Fix of(FindingCode code, String what, String reason, String otherwise) {
        return Fix.entries(
                List.of("accept", code.word()), YamlText.scalar(what) + ": " + YamlText.prose(reason), otherwise);
    }
}

package dev.exeunt.map.yaml;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.TableRef;
import dev.exeunt.map.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads the two lists of reasons: {@code not-personal:} and {@code accept:}. */
final class ReasonReader {

    private static final Expected NOT_PERSONAL =
            new Expected("not-personal", "tables, each with a reason", "species: reference data");
    private static final Expected ACCEPT = new Expected(
            "accept", "codes, each with what it is about and why", "accept: { unindexed: { visits: a tiny table } }");
    private static final Expected REASON = new Expected("The reason", "a text", "species: reference data");

    /** A warning of the language that this version never raises: accepting what is not said loses nothing. */
    private static final String NOT_RAISED = "guard-blind";

    private final NodeReader nodes;
    private final Faults faults;

    ReasonReader(NodeReader nodes) {
        this.nodes = nodes;
        this.faults = nodes.faults();
    }

    List<DataMap.NotPersonal> notPersonal(Yaml yaml) {
        List<DataMap.NotPersonal> tables = new ArrayList<>();
        for (Yaml.Entry entry : nodes.entries(yaml, NOT_PERSONAL)) {
            TableRef table = new TableNames(faults).read(entry.key());
            Word reason = nodes.text(entry.value(), REASON);
            if (table != null && reason != null) {
                tables.add(new DataMap.NotPersonal(table, reason.text()));
            }
        }
        return tables;
    }

    List<DataMap.Accepted> accepted(Yaml yaml) {
        List<DataMap.Accepted> accepted = new ArrayList<>();
        for (Yaml.Entry code : nodes.entries(yaml, ACCEPT)) {
            refuseUnacceptable(code.key());
            for (Yaml.Entry what : nodes.entries(code.value(), ACCEPT)) {
                Word reason = nodes.text(what.value(), REASON);
                if (reason != null) {
                    accepted.add(new DataMap.Accepted(code.key(), what.key(), reason.text()));
                }
            }
        }
        return accepted;
    }

    private void refuseUnacceptable(Word code) {
        List<String> warnings = acceptable();
        boolean error =
                Arrays.stream(FindingCode.values()).map(FindingCode::word).anyMatch(code.text()::equals)
                        && !warnings.contains(code.text());
        if (error) {
            faults.malformed(
                    code.at(),
                    code + " is an error, and only a warning can be accepted: " + String.join(", ", warnings) + ".",
                    "Take " + code + " out, and follow the fix that check prints with the error.");
        } else if (!warnings.contains(code.text())) {
            faults.unknownWord(code, "accept", warnings);
        }
    }

    /** The codes that a map may accept. */
    static List<String> acceptable() {
        return Stream.concat(
                        Arrays.stream(FindingCode.values())
                                .filter(FindingCode::acceptable)
                                .map(FindingCode::word),
                        Stream.of(NOT_RAISED))
                .sorted()
                .toList();
    }
}

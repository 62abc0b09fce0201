package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads the two lists of reasons: {@code not-personal:} and {@code accept:}. */
public final class ReasonReader {

    private static final ExpectedNode NOT_PERSONAL =
            new ExpectedNode("not-personal", "tables, each with a reason", "species: reference data");
    private static final ExpectedNode ACCEPT = new ExpectedNode(
            "accept", "codes, each with what it is about and why", "accept: { unindexed: { visits: a tiny table } }");
    private static final ExpectedNode REASON = new ExpectedNode("The reason", "a text", "species: reference data");

    /** Accepts what a trigger writes into a table while a person is erased. The erasure finds it, no check of the map. */
    public static final String TRIGGER_WRITES = "trigger-writes";

    /** Accepts data of people in a column that the map does not reach. A rehearsal finds it, no check of the map. */
    public static final String UNREACHED_DATA = "unreached-data";

    private final NodeReader nodes;
    private final FaultCollector faults;

    ReasonReader(NodeReader nodes) {
        this.nodes = nodes;
        this.faults = nodes.faults();
    }

    List<MapDefinition.NonPersonalTable> notPersonal(YamlNode yaml) {
        List<MapDefinition.NonPersonalTable> tables = new ArrayList<>();
        for (YamlNode.YamlEntry entry : nodes.entries(yaml, NOT_PERSONAL)) {
            TableReference table = new TableNameParser(faults).read(entry.key());
            LocatedText reason = nodes.text(entry.value(), REASON);
            if (table != null && reason != null) {
                tables.add(new MapDefinition.NonPersonalTable(table, reason.text()));
            }
        }
        return tables;
    }

    List<MapDefinition.AcceptedWarning> accepted(YamlNode yaml) {
        List<MapDefinition.AcceptedWarning> accepted = new ArrayList<>();
        for (YamlNode.YamlEntry code : nodes.entries(yaml, ACCEPT)) {
            refuseUnacceptable(code.key());
            for (YamlNode.YamlEntry what : nodes.entries(code.value(), ACCEPT)) {
                LocatedText reason = nodes.text(what.value(), REASON);
                if (reason != null) {
                    accepted.add(new MapDefinition.AcceptedWarning(code.key(), what.key(), reason.text()));
                }
            }
        }
        return accepted;
    }

    private void refuseUnacceptable(LocatedText code) {
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
    public static List<String> acceptable() {
        return Stream.concat(
                        Arrays.stream(FindingCode.values())
                                .filter(FindingCode::acceptable)
                                .map(FindingCode::word),
                        Stream.of(TRIGGER_WRITES, UNREACHED_DATA))
                .sorted()
                .toList();
    }
}

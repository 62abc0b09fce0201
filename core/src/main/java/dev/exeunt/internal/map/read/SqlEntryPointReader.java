package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.LifecycleSettings;
import dev.exeunt.internal.map.LifecycleSettings.SqlEntryPoints;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.internal.map.yaml.YamlNode;
import java.util.List;

/** Reads {@code sql:}: the roles that may call the functions in SQL, and how a function tells whose call it is. */
final class SqlEntryPointReader {

    private static final String EXAMPLE = "sql: { callers: [authenticated], gateway: authenticator }";
    private static final ExpectedNode SQL = new ExpectedNode("sql", "callers", EXAMPLE);
    private static final ExpectedNode CALLERS =
            new ExpectedNode("callers", "a list of roles of the database", "callers: [authenticated]");
    private static final ExpectedNode GATEWAY =
            new ExpectedNode("gateway", "a role of the database, or a list of roles", "gateway: authenticator");
    private static final ExpectedNode CALLER = new ExpectedNode(
            "caller",
            "an SQL expression, or one for each column of the key",
            "caller: \"current_setting('app.user_id', true)\"");

    private final NodeReader nodes;

    SqlEntryPointReader(NodeReader nodes) {
        this.nodes = nodes;
    }

    SqlEntryPoints read(YamlNode yaml) {
        MappingFields fields = nodes.fields(yaml, AllowedWords.SQL, SQL);
        if (fields == null) {
            return LifecycleSettings.NONE.sql();
        }
        YamlNode callersNode = nodes.required(fields, "callers", CALLERS);
        List<LocatedText> callers = callersNode == null ? List.of() : nodes.list(callersNode, CALLERS);
        YamlNode gatewayNode = fields.value("gateway");
        List<LocatedText> gateway = gatewayNode == null ? List.of() : nodes.names(gatewayNode, GATEWAY);
        YamlNode callerNode = fields.value("caller");
        List<LocatedText> caller = callerNode == null ? List.of() : expressions(callerNode);
        refuseBoth(callers, gateway);
        return new SqlEntryPoints(callers, gateway, caller);
    }

    private List<LocatedText> expressions(YamlNode yaml) {
        return nodes.names(yaml, CALLER).stream()
                .map(e -> new LocatedText(e.text().strip(), e.at()))
                .toList();
    }

    private void refuseBoth(List<LocatedText> callers, List<LocatedText> gateway) {
        List<String> calling = callers.stream().map(LocatedText::text).toList();
        for (LocatedText role : gateway) {
            if (calling.contains(role.text())) {
                String name = ValueExcerpt.name(role.text());
                nodes.faults()
                        .malformed(
                                role.at(),
                                name + " is both a caller and the gateway.",
                                "Name the role that signs in under gateway, and the role it changes to under callers.");
            }
        }
    }
}

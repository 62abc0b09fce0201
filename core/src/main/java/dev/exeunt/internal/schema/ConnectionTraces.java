package dev.exeunt.internal.schema;

import java.util.List;
import java.util.Set;

/**
 * Finds by names and types the columns that say where people connected from, or that hold what a session knows of them: {@code
 * ip}, {@code user_agent}, the {@code data} of a session. A number such as {@code session_count} is none.
 */
public final class ConnectionTraces {

    private static final Set<String> ADDRESS_TYPES = Set.of("inet", "macaddr", "macaddr8");
    private static final Set<String> ADDRESSES = Set.of("ip", "ipaddress", "ipaddr", "ipv4", "ipv6", "useragent");
    /** what a column holds in a table that is called after addresses */
    private static final Set<String> FORMS = Set.of("hex", "address", "addr", "value");

    private static final Set<String> CONTENTS =
            Set.of("data", "vars", "payload", "value", "content", "contents", "attributes", "state", "blob");

    private ConnectionTraces() {}

    /** In the order of the table, without columns of keys. */
    public static List<Column> in(Table table) {
        List<String> name = ColumnHeuristics.nameWords(table.name().name());
        boolean sessions = isOfSessions(table);
        boolean addresses = name.contains("ip") || name.contains("ips");
        return table.columns().stream()
                .filter(c -> !c.generated() && !table.primaryKey().contains(c.name()))
                .filter(c ->
                        table.foreignKeys().stream().noneMatch(f -> f.columns().contains(c.name())))
                .filter(c -> isTrace(table, c, sessions, addresses))
                .toList();
    }

    /** Whether rows are sessions, whose contents no sample of values can tell to be without people. */
    public static boolean isOfSessions(Table table) {
        List<String> name = ColumnHeuristics.nameWords(table.name().name());
        String last = name.isEmpty() ? "" : name.get(name.size() - 1);
        return last.equals("session") || last.equals("sessions");
    }

    private static boolean isTrace(Table table, Column column, boolean sessions, boolean addresses) {
        List<String> words = ColumnHeuristics.nameWords(ColumnPrefix.bareName(table, column.name()));
        boolean text = column.type().isText();
        return ADDRESS_TYPES.contains(column.type().baseName())
                || text && (words.stream().anyMatch(ADDRESSES::contains) || words.containsAll(List.of("user", "agent")))
                || text && addresses && words.stream().anyMatch(FORMS::contains)
                || sessions
                        && ColumnHeuristics.freeForm(column)
                        && words.stream().anyMatch(CONTENTS::contains);
    }
}

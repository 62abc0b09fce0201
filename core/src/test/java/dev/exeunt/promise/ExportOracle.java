package dev.exeunt.promise;

import dev.exeunt.promise.RowSnapshot.SnapshotRow;
import dev.exeunt.promise.answer.ModelRole;
import dev.exeunt.promise.made.RandomColumn;
import dev.exeunt.promise.made.RandomTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What an export has to hold: the rows of every role that shows anything, each with the columns its own roles show. */
final class ExportOracle {

    private ExportOracle() {}

    /** What is not as it has to be. */
    static List<String> complaints(LinkTraversal followed, byte[] document) {
        Map<String, List<String>> found = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                RowSnapshot.JSON.readTree(document).properties()) {
            if (entry.getValue().isArray()) {
                List<String> rows = new ArrayList<>();
                entry.getValue().forEach(r -> rows.add(new TreeMap<>(RowSnapshot.cells(r)).toString()));
                found.put(entry.getKey(), rows.stream().sorted().toList());
            }
        }
        Map<String, List<String>> wanted = wanted(followed);
        List<String> complaints = new ArrayList<>();
        wanted.forEach((section, rows) -> {
            if (!rows.equals(found.get(section))) {
                complaints.add("export, section " + section + ": " + found.get(section) + "\n  wanted " + rows);
            }
        });
        found.keySet().stream()
                .filter(s -> !wanted.containsKey(s))
                .filter(s -> !s.equals("data_requests") || !found.get(s).isEmpty())
                .forEach(s -> complaints.add("export, section " + s + " of nothing"));
        return complaints;
    }

    private static Map<String, List<String>> wanted(LinkTraversal followed) {
        Map<String, List<String>> wanted = new TreeMap<>();
        followed.answers().sections().forEach((table, section) -> {
            List<ModelRole> showing = followed.answers().rolesOf(table).stream()
                    .filter(r -> !r.hidden())
                    .toList();
            List<String> columns = table.columns().stream()
                    .map(RandomColumn::name)
                    .filter(c -> showing.stream().anyMatch(r -> r.shows(c)))
                    .toList();
            if (!columns.isEmpty()) {
                wanted.put(section, rows(followed, table, showing, columns));
            }
        });
        return wanted;
    }

    private static List<String> rows(
            LinkTraversal followed, RandomTable table, List<ModelRole> showing, List<String> columns) {
        List<String> rows = new ArrayList<>();
        for (SnapshotRow row : followed.before().under(table)) {
            List<ModelRole> of =
                    showing.stream().filter(r -> followed.rows(r).contains(row)).toList();
            if (!of.isEmpty()) {
                Map<String, String> cells = new TreeMap<>();
                columns.forEach(c -> cells.put(
                        c, of.stream().anyMatch(r -> r.shows(c)) ? row.cells().get(c) : null));
                if (showing.size() > 1) {
                    cells.put("yours_as", names(of));
                }
                rows.add(cells.toString());
            }
        }
        return rows.stream().sorted().collect(Collectors.toList());
    }

    /** As JSON. */
    private static String names(List<ModelRole> roles) {
        return RowSnapshot.JSON.writeValueAsString(
                roles.stream().map(ModelRole::name).toList());
    }
}

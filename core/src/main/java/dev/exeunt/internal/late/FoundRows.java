package dev.exeunt.internal.late;

import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.internal.verify.LateRowScan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the places where rows of one person came after the erasure. */
public record FoundRows(List<ResiduePlace> places) {

    private static final JsonMapper JSON = new JsonMapper();

    public FoundRows {
        places = List.copyOf(places);
    }

    /** Whether a row of the subject's table has the person's key: it may be a new person's. */
    public boolean sameKey() {
        return places.stream().anyMatch(p -> p.what().equals(LateRowScan.SAME_KEY));
    }

    /** Returns an array with table, column, what and rows of each place. */
    public String json() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (ResiduePlace place : places) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("table", place.table());
            one.put("column", place.column());
            one.put("what", place.what());
            one.put("rows", place.rows());
            all.add(one);
        }
        return JSON.writeValueAsString(all);
    }

    public static FoundRows read(String json) {
        return new FoundRows(JSON.readTree(json)
                .valueStream()
                .map(p -> new ResiduePlace(
                        text(p, "table"),
                        text(p, "column"),
                        text(p, "what"),
                        p.get("rows").longValue(),
                        null))
                .toList());
    }

    private static String text(JsonNode place, String name) {
        return place.get(name).stringValue();
    }
}

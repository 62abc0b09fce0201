package dev.exeunt.promise.made;

import dev.exeunt.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Generates ordinary and awkward table and column names. */
final class NameGenerator {

    private static final List<String> TABLES = List.of(
            "posts",
            "notes",
            "likes",
            "files",
            "tags",
            "order",
            "select",
            "User",
            "Group",
            "my.table",
            "we\"ird",
            "a table",
            "Ünïcode",
            "t-1",
            "why?",
            "a$1",
            "x:y");
    private static final List<String> COLUMNS = List.of(
            "author_id",
            "owner_id",
            "ref",
            "parentId",
            "user",
            "from",
            "Author Id",
            "to.whom",
            "q\"uote",
            "is it?",
            "a:b");
    private static final List<String> TEXTS = List.of("body", "note", "bio", "end", "Body Text", "data?", "te\"xt");
    private static final Set<String> RESERVED = Set.of("order", "select", "user", "from", "end");

    private final SeededRandom dice;
    private final List<String> given = new ArrayList<>();

    NameGenerator(SeededRandom dice) {
        this.dice = dice;
    }

    /** In a schema of its own at times, and now and then a name that another schema has, too. */
    RandomTable table(boolean first) {
        String schema = dice.chance(75) ? "public" : dice.one("other", "Odd.Schema");
        String name = first
                ? dice.one("users", "people", "User", "user", "acc.ounts", "Members")
                : dice.chance(15) ? dice.one(given).split("\\|")[1] : dice.one(TABLES);
        while (given.contains(schema + "|" + name)) {
            name = dice.one(TABLES);
        }
        RandomTable table = new RandomTable(schema, name);
        String taken = name;
        if (given.stream().anyMatch(g -> g.endsWith("|" + taken))) {
            table.features.add(TestedFeature.SAME_NAME_TWICE);
        }
        given.add(schema + "|" + name);
        count(table, name);
        if (!schema.equals("public")) {
            table.features.add(TestedFeature.SEVERAL_SCHEMAS);
        }
        return table;
    }

    String reference(RandomTable table) {
        return fresh(table, dice.one(COLUMNS));
    }

    String text(RandomTable table) {
        return fresh(table, dice.one(TEXTS));
    }

    private String fresh(RandomTable table, String name) {
        String fresh = name;
        for (int i = 2; table.has(fresh); i++) {
            fresh = name + i;
        }
        count(table, fresh);
        return fresh;
    }

    private static void count(RandomTable table, String name) {
        if (RESERVED.contains(name)) {
            table.features.add(TestedFeature.RESERVED_NAME);
        } else if (!name.matches("[a-z_0-9]+")) {
            table.features.add(TestedFeature.AWKWARD_NAME);
        }
    }
}

package dev.exeunt.internal.draft.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates a random application schema and migrations that add tables, columns and keys to it. */
final class RandomMigrations {

    private static final List<String> NAMES = List.of(
            "sessions",
            "posts",
            "comments",
            "audit_logs",
            "orders",
            "messages",
            "teams",
            "team_members",
            "invoices",
            "files",
            "likes",
            "reports",
            "api_tokens",
            "profiles",
            "events",
            "waitlist",
            "contacts",
            "signatures",
            "notes",
            "albums");
    private static final List<String> LINKS = List.of("user_id", "owner_id", "created_by", "target_id", "sender_id");
    private static final List<String> COLUMNS = List.of(
            "body text",
            "title varchar(20) NOT NULL DEFAULT ''",
            "email text",
            "ip inet",
            "data jsonb",
            "token text",
            "phone text",
            "count int",
            "language text",
            "name text NOT NULL DEFAULT ''",
            "seen_at timestamptz");

    private final Random random;
    private final List<String> tables = new ArrayList<>(List.of("users"));
    private int columns;

    RandomMigrations(Random random) {
        this.random = random;
    }

    String first() {
        StringBuilder sql = new StringBuilder(
                "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, bio text);\n");
        for (int i = 0; i < 4 + random.nextInt(5); i++) {
            sql.append(table());
        }
        return sql.toString();
    }

    String next() {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            sql.append(
                    switch (random.nextInt(3)) {
                        case 0 -> table();
                        case 1 -> "ALTER TABLE " + one(tables) + " ADD " + column() + ";\n";
                        default -> "ALTER TABLE " + one(tables) + " ADD " + key() + ";\n";
                    });
        }
        return sql.toString();
    }

    private String table() {
        List<String> free = NAMES.stream().filter(n -> !tables.contains(n)).toList();
        String name = one(free);
        StringBuilder sql = new StringBuilder("CREATE TABLE " + name + " (id bigint PRIMARY KEY");
        for (int i = 0; i < random.nextInt(3); i++) {
            sql.append(", ").append(key());
        }
        for (int i = 0; i < random.nextInt(3); i++) {
            sql.append(", ").append(column());
        }
        tables.add(name);
        return sql + ");\n";
    }

    private String column() {
        String column = one(COLUMNS);
        int blank = column.indexOf(' ');
        return column.substring(0, blank) + "_" + columns++ + column.substring(blank);
    }

    private String key() {
        boolean person = random.nextInt(100) < 55;
        String parent = person ? "users" : one(tables);
        String name = person ? one(LINKS) : parent + "_id";
        return (name.endsWith("_by") ? "v" + columns++ + "_" + name : name.replace("_id", "_" + columns++ + "_id"))
                + " bigint "
                + one(List.of("", "NOT NULL ")) + "REFERENCES " + parent
                + one(List.of("", "", " ON DELETE CASCADE", " ON DELETE SET NULL"));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}

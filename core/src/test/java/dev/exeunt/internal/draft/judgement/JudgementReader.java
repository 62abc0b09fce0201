package dev.exeunt.internal.draft.judgement;

import dev.exeunt.internal.draft.judgement.RoleJudgement.ColumnChoice;
import dev.exeunt.internal.draft.judgement.TableJudgement.Personality;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the judgement of a schema, with the verdicts of {@code kinds.yaml} filled in. */
final class JudgementReader {

    private static final Set<String> FATES =
            Set.of("delete", "anonymize", "detach", "reassign", "keep", RoleJudgement.UNDECIDED, RoleJudgement.ABSENT);
    private static final Set<String> OF_SCHEMA = Set.of("schema", "subject", "identifiers", "tables");
    private static final Set<String> OF_TABLE =
            Set.of("personal", "secrets", "overwrite", "leave", "roles", "reached-by", "why");
    private static final Set<String> OF_ROLE = Set.of(
            "is", "right", "acceptable", "harmful", "overwrite", "leave", "not-exported", "where", "from", "why");

    private final JudgementYaml kinds = JudgementYaml.file("kinds.yaml");

    private JudgementReader() {}

    static SchemaJudgement read(String schema) {
        return new JudgementReader().schema(JudgementYaml.file(schema + ".yaml").knows(OF_SCHEMA));
    }

    private SchemaJudgement schema(JudgementYaml file) {
        Map<String, TableJudgement> tables = new LinkedHashMap<>();
        JudgementYaml written = file.child("tables");
        written.entries().keySet().forEach(name -> tables.put(name, table(written.child(name))));
        JudgementYaml nothing = new JudgementYaml("", Map.of());
        return new SchemaJudgement(
                file.required("schema"),
                SchemaJudgement.table(file.required("subject")),
                role(file.child("identifiers").knows(Set.of("right", "acceptable", "harmful")), nothing, nothing, ""),
                tables,
                role(kinds.child("not-theirs"), nothing, nothing, "not-theirs"));
    }

    private TableJudgement table(JudgementYaml table) {
        table.knows(OF_TABLE);
        return new TableJudgement(
                Personality.valueOf(table.required("personal").toUpperCase(Locale.ROOT)),
                table.list("secrets"),
                roles(table, table.child("roles")),
                roles(table, table.child("reached-by")),
                table.word("why", ""));
    }

    private Map<String, RoleJudgement> roles(JudgementYaml table, JudgementYaml written) {
        Map<String, RoleJudgement> roles = new LinkedHashMap<>();
        written.entries().keySet().forEach(name -> roles.put(name, named(written.child(name), table)));
        return roles;
    }

    private RoleJudgement named(JudgementYaml role, JudgementYaml table) {
        role.knows(OF_ROLE).required("why");
        String kind = role.word("is", "special");
        if (role.has("is") ? !kinds.has(kind) : !role.has("right")) {
            throw new AssertionError(role.place() + " has no verdict");
        }
        RoleJudgement judged = role(role, kinds.child(kind), table, kind);
        List.of(judged.right(), judged.acceptable(), judged.harmful()).forEach(fates -> {
            if (!FATES.containsAll(fates)) {
                throw new AssertionError(role.place() + " names a fate that does not exist");
            }
        });
        return judged;
    }

    private static RoleJudgement role(JudgementYaml role, JudgementYaml kind, JudgementYaml table, String name) {
        return new RoleJudgement(
                name,
                first("right", role, kind).list("right"),
                first("acceptable", role, kind).list("acceptable"),
                first("harmful", role, kind).list("harmful"),
                first("overwrite", role, kind, table).list("overwrite"),
                columns(first("leave", role, kind, table), "leave"),
                columns(role, "not-exported"),
                first("where", role, kind).has("where"),
                role.list("from"),
                role.word("why", ""));
    }

    /** The first mapping that has the word; the first one where none has it. */
    private static JudgementYaml first(String word, JudgementYaml... mappings) {
        for (JudgementYaml mapping : mappings) {
            if (mapping.has(word)) {
                return mapping;
            }
        }
        return mappings[0];
    }

    private static ColumnChoice columns(JudgementYaml mapping, String key) {
        return mapping.word(key, "").equals("all")
                ? new ColumnChoice(true, List.of())
                : new ColumnChoice(false, mapping.list(key));
    }
}

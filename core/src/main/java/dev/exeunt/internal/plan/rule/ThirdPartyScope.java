package dev.exeunt.internal.plan.rule;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedJoin;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlTokens;
import dev.exeunt.internal.postgres.SqlTokens.SqlToken;
import dev.exeunt.internal.postgres.SqlTokens.SqlTokenKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells which references to people in a role's rows can only be the person's own, or none at all. */
public final class ThirdPartyScope {

    private final BoundMap bound;
    private final PlannedRole role;
    private final Set<String> own = new HashSet<>();

    public ThirdPartyScope(BoundMap bound, PlannedRole role) {
        this.bound = bound;
        this.role = role;
        role.on().forEach(c -> own.add(c.name()));
        LocatedText where = role.where();
        if (where != null) {
            excluded(where.text());
        }
    }

    /** Whether the column is NULL in each of the role's rows, or holds the person's own key. */
    public boolean isOwn(String column) {
        return own.contains(column);
    }

    /** Whether what is joined can only be the person's own row. */
    public boolean isOwnRow(PlannedJoin join) {
        boolean people = join.table().name().equals(bound.subject().table().name());
        boolean key = new HashSet<>(bound.subject().key()).equals(new HashSet<>(join.key()));
        return people && key && byKey(role) && new HashSet<>(role.on()).equals(new HashSet<>(join.on()));
    }

    private boolean byKey(PlannedRole one) {
        return one.source() instanceof KeySource.SubjectKeyValues && !one.id().equals(bound.self());
    }

    /** Columns that the condition wants to be NULL or equal to the link's only column; an OR or a BETWEEN makes it too hard to tell. */
    private void excluded(String where) {
        List<String> words = new ArrayList<>();
        for (SqlToken token : SqlTokens.of(where).all()) {
            if (token.kind() != SqlTokenKind.COMMENT) {
                words.add(token.name().orElse(token.text()));
            }
        }
        if (words.contains("or") || words.contains("between") || words.contains("case")) {
            return;
        }
        List<String> conjunct = new ArrayList<>();
        int depth = 0;
        for (String word : words) {
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
            if (word.equals("and") && depth == 0) {
                conjunct(conjunct);
                conjunct.clear();
            } else {
                conjunct.add(word);
            }
        }
        conjunct(conjunct);
    }

    private void conjunct(List<String> words) {
        int end = words.size();
        int start = 0;
        while (end - start >= 2
                && words.get(start).equals("(")
                && words.get(end - 1).equals(")")) {
            start++;
            end--;
        }
        List<String> plain = unqualified(words.subList(start, end));
        String said = String.join(" ", plain);
        if (plain.size() == 3 && said.endsWith(" is null")) {
            own.add(plain.get(0));
        }
        if (byKey(role)
                && role.on().size() == 1
                && plain.size() == 3
                && plain.get(1).equals("=")) {
            String link = role.on().get(0).name();
            if (plain.get(0).equals(link)) {
                own.add(plain.get(2));
            } else if (plain.get(2).equals(link)) {
                own.add(plain.get(0));
            }
        }
    }

    private List<String> unqualified(List<String> words) {
        String table = role.table().name().name().toLowerCase(Locale.ROOT);
        List<String> plain = new ArrayList<>();
        for (String word : words) {
            int last = plain.size() - 1;
            if (word.equals(".") && last >= 0 && plain.get(last).equals(table)) {
                plain.remove(last);
            } else {
                plain.add(word);
            }
        }
        return plain;
    }
}

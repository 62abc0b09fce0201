package dev.exeunt.internal.draft.judgement;

import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.COLUMN_LEFT;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.FOLLOWS_OTHERS;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.HARMFUL_FATE;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.MISSING_CONDITION;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.NEEDLESS_QUESTION;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.OTHERS_EXPORTED;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.OTHERS_OVERWRITTEN;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.POOR_FATE;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.ROLE_MISSED;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.SECRET_EXPORTED;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.SHARED_IDENTIFIER;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.TABLE_MISSED;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.TAKES_OTHERS;
import static dev.exeunt.internal.draft.judgement.DraftFault.FaultKind.UNJUDGED_ROLE;

import dev.exeunt.internal.draft.judgement.DraftFault.FaultKind;
import dev.exeunt.internal.draft.judgement.RoleJudgement.FateGrade;
import dev.exeunt.internal.draft.judgement.TableJudgement.Personality;
import dev.exeunt.internal.schema.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compares the draft of one schema with its judgement, role by role and column by column. */
final class DraftComparison {

    private final SchemaJudgement judgement;
    private final DraftedTables draft;
    private final List<DraftFault> faults = new ArrayList<>();
    private final Map<FateGrade, Integer> grades = new EnumMap<>(FateGrade.class);
    private int found;
    private int asked;
    private int drafted;

    private DraftComparison(SchemaJudgement judgement, DraftedTables draft) {
        this.judgement = judgement;
        this.draft = draft;
    }

    static DraftScore compare(SchemaJudgement judgement, DraftedTables draft) {
        DraftComparison comparison = new DraftComparison(judgement, draft);
        draft.schema().tables().forEach(comparison::table);
        draft.map().identifiers().stream()
                .filter(judgement.identifiers().harmful()::contains)
                .forEach(i -> comparison.add(SHARED_IDENTIFIER, "identifiers/" + i, "an identifier", "not unique"));
        return new DraftScore(
                judgement.schema(),
                draft.schema().tables().size(),
                comparison.found,
                comparison.drafted,
                comparison.asked,
                comparison.grades,
                comparison.faults);
    }

    private void table(Table table) {
        TableJudgement judged = judgement.of(table.name());
        List<DraftedRole> roles = draft.roles(table.name());
        if (judged.personal() == Personality.TRUE && roles.isEmpty()) {
            String said = draft.saysNotPersonal(table.name()) ? "not-personal" : "not in the draft";
            add(TABLE_MISSED, table.name().toString(), said, "its rows are personal");
        } else if (judged.personal() == Personality.TRUE) {
            found++;
        }
        roles.forEach(r -> role(judged, r));
        absent(judged.roles(), roles, table);
        absent(judged.reachedBy(), roles, table);
        judged.secrets().stream()
                .filter(s -> roles.stream().anyMatch(r -> r.exported().contains(s)))
                .forEach(s -> add(SECRET_EXPORTED, table.name() + "." + s, "exported", "it is a secret"));
    }

    private void absent(Map<String, RoleJudgement> judged, List<DraftedRole> roles, Table table) {
        judged.forEach((key, role) -> {
            boolean poor = role.grade(RoleJudgement.ABSENT) == FateGrade.POOR;
            if (poor && roles.stream().noneMatch(r -> r.key().equals(key))) {
                add(ROLE_MISSED, table.name() + "/" + key, "not in the draft", role.why());
            }
        });
    }

    private void role(TableJudgement table, DraftedRole role) {
        drafted += role.self() ? 0 : 1;
        asked += role.asks() ? 1 : 0;
        RoleJudgement judged = role.reversed()
                ? table.reachedBy().getOrDefault(role.key(), judgement.unnamedReverse())
                : table.roles().get(role.key());
        if (judged == null) {
            unjudged(table, role);
            return;
        }
        FateGrade grade = judged.grade(role.fate());
        grades.merge(grade, 1, Integer::sum);
        if (role.asks() && grade == FateGrade.POOR) {
            add(NEEDLESS_QUESTION, role, judged);
        } else if (grade == FateGrade.POOR) {
            add(POOR_FATE, role, judged);
        } else if (grade == FateGrade.HARMFUL) {
            add(HARMFUL_FATE, role, judged);
        }
        link(role, judged);
        columns(role, judged);
    }

    private void unjudged(TableJudgement table, DraftedRole role) {
        if (table.personal() != Personality.FALSE) {
            add(UNJUDGED_ROLE, place(role), role.fate(), "the judgement does not name the role");
        } else if (role.asks()) {
            add(NEEDLESS_QUESTION, place(role), role.fate(), table.why());
        } else {
            add(TAKES_OTHERS, place(role), role.fate(), table.why());
        }
    }

    private void link(DraftedRole role, RoleJudgement judged) {
        if (!role.asks() && judged.whereRequired() && !role.conditional()) {
            add(MISSING_CONDITION, place(role), role.fate() + " without where", judged.why());
        }
        if (!role.asks() && !role.leavesAlone() && !judged.from().isEmpty()) {
            role.followed().stream()
                    .filter(f -> !judged.from().contains(f))
                    .forEach(f -> add(FOLLOWS_OTHERS, place(role), role.fate() + " through " + f, judged.why()));
        }
    }

    private void columns(DraftedRole role, RoleJudgement judged) {
        List<String> overwritten = role.overwritten();
        each(OTHERS_OVERWRITTEN, role, judged, overwritten.stream().filter(judged.leave()::holds));
        if (role.outcome().outlivesErasure()) {
            each(COLUMN_LEFT, role, judged, judged.overwrite().stream().filter(c -> !overwritten.contains(c)));
        }
        List<String> told =
                role.exported().stream().filter(judged.notExported()::holds).toList();
        if (!told.isEmpty()) {
            String columns = judged.notExported().all() ? "the row" : String.join(", ", told);
            add(OTHERS_EXPORTED, place(role), "exports " + columns, judged.why());
        }
    }

    private void each(FaultKind kind, DraftedRole role, RoleJudgement judged, Stream<String> columns) {
        columns.forEach(c -> add(kind, place(role) + "." + c, role.fate(), judged.why()));
    }

    private void add(FaultKind kind, DraftedRole role, RoleJudgement judged) {
        String through = role.followed().isEmpty() ? "" : " through " + String.join(", ", role.followed());
        add(kind, place(role), role.fate() + through, judged.kind() + ": " + judged.why());
    }

    private void add(FaultKind kind, String place, String said, String why) {
        faults.add(new DraftFault(kind, place, said, why));
    }

    private static String place(DraftedRole role) {
        return role.table().name() + "/" + role.key();
    }
}

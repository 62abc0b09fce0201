package dev.exeunt.internal.draft.judgement;

import java.util.List;

/**
 * Says which fates of one role are right, acceptable or harmful, and which columns a draft must treat with care.
 *
 * @param kind the verdict of {@code kinds.yaml} that the role names, or {@code special} where it names none
 * @param overwrite personal columns that the draft overwrites where the row stays
 * @param leave columns that a draft must not overwrite by this role
 * @param notExported columns that tell of other people
 * @param whereRequired whether a fate without {@code where} does harm
 * @param from columns of the parent's roles that the role may follow; empty for all
 */
public record RoleJudgement(
        String kind,
        List<String> right,
        List<String> acceptable,
        List<String> harmful,
        List<String> overwrite,
        ColumnChoice leave,
        ColumnChoice notExported,
        boolean whereRequired,
        List<String> from,
        String why) {

    static final String ABSENT = "none";
    static final String UNDECIDED = "undecided";

    /** Lists the grades of a fate; {@code POOR} stands for a fate in no list. */
    public enum FateGrade {
        RIGHT,
        ACCEPTABLE,
        POOR,
        HARMFUL
    }

    public FateGrade grade(String fate) {
        if (right.contains(fate)) {
            return FateGrade.RIGHT;
        }
        if (acceptable.contains(fate)) {
            return FateGrade.ACCEPTABLE;
        }
        return harmful.contains(fate) ? FateGrade.HARMFUL : FateGrade.POOR;
    }

    /** Names some columns of a table, or all of them. */
    public record ColumnChoice(boolean all, List<String> names) {

        static final ColumnChoice EMPTY = new ColumnChoice(false, List.of());

        boolean holds(String column) {
            return all || names.contains(column);
        }
    }
}

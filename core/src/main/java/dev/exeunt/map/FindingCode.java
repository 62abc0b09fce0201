package dev.exeunt.map;

import dev.exeunt.map.Finding.Position;
import java.util.Locale;

/** Lists the stable codes of findings; users see the name in kebab case. */
public enum FindingCode {
    /** not YAML, or not of a map's shape */
    MALFORMED(Severity.ERROR),
    /** a word the language does not have */
    UNKNOWN_WORD(Severity.ERROR),
    /** a word of the language this version cannot carry out yet, and therefore refuses rather than ignores */
    NOT_SUPPORTED(Severity.ERROR),
    UNKNOWN_NAME(Severity.ERROR),
    /** the subject's key may be NULL, or two people may have the same */
    UNFIT_KEY(Severity.ERROR),
    /** two people may hold the value that a link matches, and the map does not say whose the rows are then */
    AMBIGUOUS_VALUE(Severity.ERROR),
    UNMAPPED_TABLE(Severity.ERROR),
    UNMAPPED_ROLE(Severity.ERROR),
    NO_FATE(Severity.ERROR),
    UNDECIDED(Severity.ERROR),
    UNNAMED_COLUMN(Severity.ERROR),
    BLOCKS(Severity.ERROR),
    CASCADES(Severity.ERROR),
    CANNOT_HOLD(Severity.ERROR),
    BAD_SQL(Severity.ERROR),
    REFERENCED_KEY(Severity.ERROR),
    SECRET_EXPORTED(Severity.ERROR),
    UNBREAKABLE_CYCLE(Severity.ERROR),
    CANNOT_SEE(Severity.ERROR),
    NO_RIGHTS(Severity.ERROR),
    REPLICA_IDENTITY(Severity.ERROR),
    NO_WATERMARK(Severity.ERROR),
    /** an error where it is certain, a warning where a trigger may do more than the map says */
    CANNOT_RESTORE(Severity.ERROR, true),
    /** an error where SQL of the map calls a function of another role, a warning where another role could make one */
    UNSAFE_PATH(Severity.ERROR, true),
    /** a role that is not the gateway could call the functions in SQL for any person */
    IMPERSONATION(Severity.ERROR),
    THIRD_PARTY(Severity.WARNING),
    LEFT_BEHIND(Severity.WARNING),
    UNINDEXED(Severity.WARNING),
    COPIES(Severity.WARNING),
    UNPROVEN(Severity.WARNING),
    /** a guard that may let the last of several people go */
    GUARD_BLIND(Severity.WARNING),
    SIDE_EFFECT(Severity.WARNING),
    /** sampled values refer to people where no link does */
    UNDECLARED_LINK(Severity.WARNING),
    /** sampled values are addresses or telephone numbers where the map says nothing */
    UNNAMED_CONTENT(Severity.WARNING),
    /** an erasure by a link deletes or overwrites rows that another link gives to another person */
    OTHERS_ROWS(Severity.WARNING),
    /** every link that owns rows of a table lets go of them or keeps them, so that a row may stay without a person */
    OWNERLESS(Severity.WARNING),
    /** rows of the person refer to a table that may hold personal data and that the map does not mention */
    POINTS_AWAY(Severity.WARNING),
    /** a large object stays when the row that holds its number is deleted or overwritten */
    LARGE_OBJECT(Severity.WARNING),
    /** a column that only by its name refers to a person, and that the map does not mention */
    HIDDEN_REFERENCE(Severity.WARNING),
    /** a number in another row counts rows that the erasure deletes */
    COUNTER(Severity.WARNING),
    GRACE_TOO_LONG(Severity.WARNING),
    /** the map names a controller, and does not say for what rows of the export are used */
    UNEXPLAINED(Severity.WARNING);

    private final Severity severity;
    private final boolean acceptable;

    FindingCode(Severity severity) {
        this(severity, severity == Severity.WARNING);
    }

    FindingCode(Severity severity, boolean acceptable) {
        this.severity = severity;
        this.acceptable = acceptable;
    }

    /** Whether a map may name it under {@code accept}: whether any finding of the code is a warning. */
    public boolean acceptable() {
        return acceptable;
    }

    public Severity severity() {
        return severity;
    }

    /** Makes a finding of the code's own severity. */
    public Finding finding(Position at, String what, String message, SuggestedFix fix) {
        return new Finding(this, severity, at, what, message, fix);
    }

    /** Makes a finding of the code's own severity, with a fix that is only words. */
    public Finding finding(Position at, String what, String message, String fix) {
        return finding(at, what, message, SuggestedFix.words(fix));
    }

    /** {@code unknown-name} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the map may be carried out all the same. */
    public enum Severity {
        ERROR,
        WARNING
    }
}

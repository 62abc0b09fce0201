package dev.exeunt.internal.draft.judgement;

/**
 * Names one place where a draft differs from the judgement.
 *
 * @param place the table, with the role or the column
 * @param said what the draft says there
 * @param why the judgement's reason
 */
record DraftFault(FaultKind kind, String place, String said, String why) {

    /** Lists the ways in which a draft can be at fault. The figures count each of them. */
    enum FaultKind {
        /** A fate that harms other people, or leaves the person's data behind. */
        HARMFUL_FATE("harmful"),
        /** A role that follows rows which only let go of the person. */
        FOLLOWS_OTHERS("harmful"),
        /** A role over a column with keys of several kinds that no {@code where} narrows. */
        MISSING_CONDITION("harmful"),
        /** A link to a table that is not the person's. */
        TAKES_OTHERS("harmful"),
        /** An identifier that two people may share. */
        SHARED_IDENTIFIER("harmful"),
        /** An export that tells of other people. */
        OTHERS_EXPORTED("harmful"),
        /** An export that holds a password, a token or a key. */
        SECRET_EXPORTED("secrets"),
        /** A rule that overwrites a column of a row that goes on living. */
        OTHERS_OVERWRITTEN("overwritten"),
        /** A personal column that keeps its value in a row that stays. */
        COLUMN_LEFT("left"),
        /** A table with personal data that the draft does not find. */
        TABLE_MISSED("missing"),
        /** A link to the person that the draft does not find. */
        ROLE_MISSED("missed"),
        /** A fate that is neither right nor acceptable, and does no harm. */
        POOR_FATE("poor"),
        /** A question that needs no human. */
        NEEDLESS_QUESTION("needless"),
        /** A role of which the judgement says nothing. */
        UNJUDGED_ROLE("unjudged");

        private final String figure;

        FaultKind(String figure) {
            this.figure = figure;
        }

        /** The figure that counts it. */
        String figure() {
            return figure;
        }
    }

    @Override
    public String toString() {
        return place + ": " + said + " (" + why + ")";
    }
}

package dev.exeunt.needle;

/** Lists where data of a person is planted. */
enum NeedleKind {
    TYPED_COLUMN,
    ARRAY,
    JSON,
    TEXT,
    BYTES,
    LARGE_OBJECT,
    HISTORY,
    OTHER_SCHEMA,
    MATERIALIZED_VIEW,
    MAPPED_TABLE,
    /** a short key in prose, a number that no name says to be a key, or compressed bytes: nothing can tell it */
    HIDDEN;

    boolean mustBeFound() {
        return this != HIDDEN;
    }
}

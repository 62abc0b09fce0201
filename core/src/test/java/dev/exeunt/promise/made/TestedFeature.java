package dev.exeunt.promise.made;

import java.util.Locale;

/** Lists the schema and map features that the promise test must have covered. */
public enum TestedFeature {
    CYCLE,
    NOT_NULL_CYCLE,
    SELF_REFERENCE,
    COMPOSITE_KEY,
    NATURAL_KEY,
    KEY_IS_A_REFERENCE,
    UUID_KEY,
    BIGINT_KEY,
    INT_KEY,
    TEXT_KEY,
    VARCHAR_KEY,
    CITEXT_KEY,
    CHAR_KEY,
    NUMERIC_KEY,
    DOMAIN_KEY,
    INTEGERS_OF_TWO_WIDTHS,
    NO_PRIMARY_KEY,
    AWKWARD_NAME,
    RESERVED_NAME,
    SEVERAL_SCHEMAS,
    SAME_NAME_TWICE,
    PARTITIONED,
    INHERITED,
    DEFERRABLE,
    NOT_VALID,
    UNENFORCED,
    MATCH_FULL,
    SHARED_TENANT,
    TENANT_TABLE,
    TENANT_PAIR,
    UNDECLARED_LINK,
    SHARED_VALUE,
    SHARED_LEAVE,
    SHARED_MINE_IF_PRESENT,
    SHARED_ASK,
    PROVEN_VALUE,
    AMBIGUOUS_VALUE_REFUSED,
    UNIQUE_TARGET,
    ON_DELETE_NO_ACTION,
    ON_DELETE_RESTRICT,
    ON_DELETE_CASCADE,
    ON_DELETE_SET_NULL,
    ON_DELETE_SET_NULL_COLUMNS(true),
    ON_DELETE_SET_DEFAULT,
    ON_UPDATE_RESTRICT,
    ON_UPDATE_CASCADE,
    ON_UPDATE_SET_NULL,
    ON_UPDATE_SET_DEFAULT,
    GENERATED,
    IDENTITY,
    ENUM,
    DOMAIN,
    ARRAY,
    JSON,
    NULLS_NOT_DISTINCT(true),
    UNIQUE,
    PARTIAL_UNIQUE,
    EXPRESSION_UNIQUE,
    EXCLUSION,
    CHECK,
    TRIGGER_HARMLESS,
    TRIGGER_RETURNS_NULL,
    TRIGGER_WRITES_ELSEWHERE,
    TRIGGER_COPIES,
    TRIGGER_COPIES_ACCEPTED,
    TRIGGER_COPIES_MAPPED,
    LARGE_OBJECT,
    RULE_ALSO,
    RULE_INSTEAD,
    ROW_SECURITY,
    PUBLICATION,
    PUBLICATION_IN_PART(true),
    REPLICA_IDENTITY_FULL,
    REPLICA_IDENTITY_INDEX,
    REPLICA_IDENTITY_NOTHING,
    LIMITED_ROLE,
    LINK_BY_VALUE,
    LINK_NARROWED,
    WHERE_PURE_FUNCTION,
    WHERE_LYING_FUNCTION,
    WHERE_STABLE_REFUSED,
    THROUGH_THREE_DEEP,
    TREE,
    ROLES_THAT_DISAGREE,
    FATE_DELETE,
    FATE_ANONYMIZE,
    FATE_DETACH,
    FATE_DETACH_SOME,
    FATE_REASSIGN,
    FATE_KEEP,
    FATE_KEEP_BY_LAW,
    RETAIN,
    RULE_NULL,
    RULE_LITERAL,
    RULE_KEY,
    RULE_NOW,
    RULE_RANDOM,
    RULE_SQL,
    EXPORT_EXCEPT,
    EXPORT_NONE,
    SEVERAL_PEOPLE,
    BY_IDENTIFIER,
    CONCURRENT_INSERT,
    ON_RECORD,
    LATE_ROWS,
    NEW_PERSON;

    private final boolean since15;

    TestedFeature() {
        this(false);
    }

    TestedFeature(boolean since15) {
        this.since15 = since15;
    }

    /** Whether a server of this version has it. */
    public boolean on(int serverVersion) {
        return !since15 || serverVersion >= 150000;
    }

    /** Whether the map calls operators or functions in SQL of its own. */
    public boolean holdsSql() {
        return this == RULE_SQL || name().startsWith("WHERE_");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

package dev.exeunt.internal.plan.check.leftover;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.rule.PersonNames;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.SqlType;
import java.util.Set;
import java.util.stream.Stream;

/** Tells by a column's type whether it can hold the subject's key or one of the identifiers, alone or among other values. */
final class ReferenceTypes {

    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric");
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext");
    private static final Set<String> DOCUMENTS = Set.of("json", "jsonb", "hstore", "xml");
    /** A shorter text is a code. */
    private static final int SHORTEST = 4;

    private final PlannedSubject subject;

    ReferenceTypes(PlannedSubject subject) {
        this.subject = subject;
    }

    /** Whether people have an e-mail address among their identifiers. */
    boolean hasAddress() {
        return subject.identifiers().stream().anyMatch(c -> PersonNames.nameAddress(c.name()));
    }

    /** Whether an address fits in: a number such as {@code block_email} is a flag or a count. */
    boolean mayHoldAddress(Column column) {
        String element = element(column.type());
        return DOCUMENTS.contains(element) || TEXTS.contains(element);
    }

    boolean mayHold(Column column) {
        String element = element(column.type());
        Integer length = column.type().maxLength();
        boolean code = length != null && length < SHORTEST && !column.type().isArray();
        return DOCUMENTS.contains(element)
                || TEXTS.contains(element) && !code
                || Stream.concat(subject.key().stream(), subject.identifiers().stream())
                        .map(c -> element(c.type()))
                        .anyMatch(held -> held.equals(element) || NUMBERS.contains(held) && NUMBERS.contains(element));
    }

    /** Whether a link can compare the column with the subject's key. */
    boolean isKey(Column column) {
        if (subject.key().size() != 1 || column.type().isArray()) {
            return false;
        }
        String key = subject.key().get(0).type().baseName();
        String base = column.type().baseName();
        return key.equals(base)
                || NUMBERS.contains(key) && NUMBERS.contains(base)
                || TEXTS.contains(key) && TEXTS.contains(base);
    }

    boolean isText(Column column) {
        return TEXTS.contains(column.type().baseName());
    }

    private static String element(SqlType type) {
        String base = type.baseName();
        return type.isArray() && base.startsWith("_") ? base.substring(1) : base;
    }
}

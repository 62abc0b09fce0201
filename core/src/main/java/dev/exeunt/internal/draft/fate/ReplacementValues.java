package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.PersonalDataCategory;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.internal.schema.SqlType;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds a replacement value that a column's type, length, NOT NULL and UNIQUE constraints allow. */
public final class ReplacementValues {

    private static final Set<String> WORDS_OF_THEIRS = NameWords.set("""
            body title content text message comment subject summary caption headline
            """);
    private static final int RANDOM_LENGTH = 32;

    /** How many characters follow the key when the replacement value is already taken. */
    private static final int SALT_LENGTH = 9;

    private final DraftModel model;
    private final Table table;
    private final boolean self;

    /** @param self whether it is the subject's own row, of which there is one for each key */
    public ReplacementValues(DraftModel model, Table table, boolean self) {
        this.model = model;
        this.table = table;
        this.self = self;
    }

    /** As the map writes it; empty where nothing is sure to fit. */
    public Optional<String> of(Column column, PersonalDataCategory trait) {
        if (!column.writable() || model.referredTo(table.name()).contains(column.name())) {
            return Optional.empty();
        }
        boolean unique = unique(column);
        boolean loginKept = self && model.identifiers().contains(column.name());
        if (!column.notNull() && !(unique && nullsNotDistinct(column)) && !loginKept) {
            return Optional.of("null");
        }
        Optional<String> value = column.type().isText() ? text(column, trait, unique) : other(column, trait, unique);
        return value.isEmpty() && !column.notNull() && !unique ? Optional.of("null") : value;
    }

    private Optional<String> text(Column column, PersonalDataCategory trait, boolean unique) {
        String distinct = self && keyLength() < RANDOM_LENGTH ? "{key}" : "{random}";
        List<String> candidates = switch (trait) {
            case EMAIL -> List.of("deleted-" + distinct + "@erased.invalid", distinct + "@erased.invalid", distinct);
            case SECRET -> List.of("{random}");
            case LOGIN -> List.of("deleted-" + distinct, distinct);
            default -> unique ? List.of("deleted-" + distinct, distinct) : List.of(words(column, trait));
        };
        Optional<String> fitting = candidates.stream()
                .filter(c -> column.type().maxLength() == null
                        || length(c) <= column.type().maxLength())
                .findFirst();
        return (fitting.isEmpty() && !unique ? Optional.of("") : fitting).map(YamlFormatter::quoted);
    }

    private String words(Column column, PersonalDataCategory trait) {
        List<String> words = NameWords.of(column.name());
        if (self && (trait == PersonalDataCategory.NAME || words.equals(List.of("name")))) {
            return "Deleted user";
        }
        return !self && !words.isEmpty() && WORDS_OF_THEIRS.contains(words.get(words.size() - 1)) ? "[deleted]" : "";
    }

    private Optional<String> other(Column column, PersonalDataCategory trait, boolean unique) {
        SqlType type = column.type();
        if (type.baseName().equals("uuid")) {
            return Optional.of(YamlFormatter.quoted("{random}"));
        }
        if (type.category() == 'N' && trait == PersonalDataCategory.EXTERNAL_ID && self && integerKey()) {
            String key = model.key().get(0);
            return Optional.of("{ sql: " + YamlFormatter.quoted("-\"" + key.replace("\"", "\"\"") + '"') + " }");
        }
        return unique ? Optional.empty() : constant(type);
    }

    private Optional<String> constant(SqlType type) {
        if (type.isArray() || type.isJson()) {
            return Optional.of(YamlFormatter.quoted("{{}}"));
        }
        if (type.isDateOrTimestamp()) {
            return self ? Optional.of(YamlFormatter.quoted("1900-01-01")) : Optional.empty();
        }
        return switch (type.baseName()) {
            case "bytea", "hstore", "tsvector" -> Optional.of(YamlFormatter.quoted(""));
            case "xml" -> Optional.of(YamlFormatter.quoted("<deleted/>"));
            case "inet", "cidr" -> Optional.of(YamlFormatter.quoted("0.0.0.0"));
            case "macaddr" -> Optional.of(YamlFormatter.quoted("00:00:00:00:00:00"));
            case "macaddr8" -> Optional.of(YamlFormatter.quoted("00:00:00:00:00:00:00:00"));
            case "point" -> Optional.of(YamlFormatter.quoted("(0,0)"));
            default -> self && type.category() == 'N' && !type.domain() ? Optional.of("0") : Optional.empty();
        };
    }

    private boolean integerKey() {
        return model.key().size() == 1
                && Set.of("int2", "int4", "int8")
                        .contains(model.subject()
                                .table()
                                .require(model.key().get(0))
                                .type()
                                .baseName());
    }

    private boolean unique(Column column) {
        return table.indexes().stream()
                .filter(Index::unique)
                .anyMatch(i -> i.columns().contains(column.name())
                        || i.expressions().stream().anyMatch(e -> e.contains(column.name())));
    }

    private boolean nullsNotDistinct(Column column) {
        return table.indexes().stream()
                .anyMatch(i -> i.unique() && i.nullsNotDistinct() && i.columns().contains(column.name()));
    }

    private int length(String template) {
        return template.replace("{key}", "k".repeat(keyLength() + SALT_LENGTH))
                .replace("{random}", "r".repeat(RANDOM_LENGTH))
                .length();
    }

    /** The longest text the subject's key makes; as long as can be where it has no limit. */
    private int keyLength() {
        int length = model.key().size() - 1;
        for (String part : model.key()) {
            SqlType type = model.subject().table().require(part).type();
            Integer limit = type.maxLength();
            length += switch (type.baseName()) {
                case "int2" -> 6;
                case "int4" -> 11;
                case "int8" -> 20;
                case "uuid" -> 36;
                default -> limit == null ? 1000 : limit;
            };
        }
        return length;
    }
}

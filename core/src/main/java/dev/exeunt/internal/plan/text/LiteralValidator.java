package dev.exeunt.internal.plan.text;

import dev.exeunt.internal.schema.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Checks whether PostgreSQL would accept a text as a value of a type, as far as that is certain. */
public final class LiteralValidator {

    private static final Map<String, Integer> INTEGER_BITS = Map.of("int2", 16, "int4", 32, "int8", 64);
    private static final Set<String> MOMENT_WORDS =
            Set.of("infinity", "-infinity", "epoch", "now", "today", "tomorrow", "yesterday");
    private static final Pattern DAY = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})([ T]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?(Z|[+-]\\d{2})?)?");
    private static final Pattern PRECISION = Pattern.compile("numeric\\((\\d+),(-?\\d+)\\)");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final Pattern UUID = Pattern.compile("([0-9a-fA-F]{4}-?){8}|\\{([0-9a-fA-F]{4}-?){8}\\}");

    private LiteralValidator() {}

    /** Why the type does not hold the value; empty where it does, or where that is not certain. */
    public static Optional<String> refusal(String text, SqlType type) {
        Integer limit = type.maxLength();
        int length = text.codePointCount(0, text.length());
        if (limit != null && length > limit) {
            return Optional.of("it holds " + limit + " characters, and the value has " + length);
        }
        if (type.isEnum() && !type.enumLabels().contains(text)) {
            return Optional.of("its values are " + String.join(", ", type.enumLabels()) + ", and not " + text);
        }
        boolean fits = switch (type.category()) {
            case 'B' -> Set.of("true", "false").contains(text.toLowerCase(Locale.ROOT));
            case 'N' -> number(text, type);
            default -> !type.isJson() || json(text);
        };
        fits = fits && (!type.baseName().equals("uuid") || UUID.matcher(text).matches());
        fits = fits && (!type.isDateOrTimestamp() || moment(text, true));
        return fits ? Optional.empty() : Optional.of("it is " + type.display() + ", and " + text + " is not");
    }

    /** Whether only the database can tell if the value is one of the type's. */
    public static boolean uncertain(String text, SqlType type) {
        if (type.isDateOrTimestamp()) {
            return moment(text, true) && !moment(text, false);
        }
        boolean known = type.isText()
                || type.isEnum()
                || type.isJson()
                || Set.of('B', 'N').contains(type.category())
                || type.baseName().equals("uuid")
                || type.isArray() && text.equals("{}")
                || Set.of("bytea", "tsvector", "hstore").contains(type.baseName()) && text.isEmpty();
        return !known;
    }

    private static boolean number(String text, SqlType type) {
        if (!NUMBER.matcher(text).matches()) {
            return false;
        }
        Integer bits = INTEGER_BITS.get(type.baseName());
        if (bits != null) {
            return text.matches("[+-]?\\d+") && new BigInteger(text).bitLength() < bits;
        }
        Matcher precision = PRECISION.matcher(type.display());
        if (precision.matches()) {
            int whole = Integer.parseInt(precision.group(1)) - Integer.parseInt(precision.group(2));
            BigDecimal rounded =
                    new BigDecimal(text).setScale(Integer.parseInt(precision.group(2)), java.math.RoundingMode.HALF_UP);
            return rounded.signum() == 0 || rounded.precision() - rounded.scale() <= whole;
        }
        return !type.baseName().startsWith("float") || Double.isFinite(Double.parseDouble(text));
    }

    /** @param kindly whether to let pass what may be one of the many spellings that PostgreSQL takes */
    private static boolean moment(String text, boolean kindly) {
        if (MOMENT_WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return true;
        }
        Matcher day = DAY.matcher(text);
        if (!day.matches()) {
            return kindly && text.chars().anyMatch(Character::isDigit);
        }
        try {
            return LocalDate.parse(day.group(1)).getYear() > 0;
        } catch (DateTimeException e) {
            return false; // the thirtieth of February: the answer, not a failure
        }
    }

    private static boolean json(String text) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            boolean any = parser.nextToken() != null;
            parser.skipChildren();
            return any && parser.nextToken() == null;
        } catch (JacksonException e) {
            return false; // the answer, not a failure
        }
    }
}

package dev.exeunt.internal.schema.catalog;

import dev.exeunt.internal.schema.Table;
import dev.exeunt.support.security.Sha256;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes the SHA-256 digest of all schema facts that a plan depends on. Every component of every record counts unless
 * it is named here, so that a fact added later cannot be forgotten; a text is written with its length, so that no two
 * schemas have one canonical text.
 *
 * <p>Rights are left out: they differ between the roles that check and erase, and their lack fails loudly.
 */
final class SchemaDigest {

    private static final Set<String> NO_FACTS = Set.of("estimatedRows", "rights");

    private final MessageDigest digest = Sha256.start();
    /** by the type of the record: reflection makes them anew each time it is asked */
    private final Map<Class<?>, List<Method>> accessors = new HashMap<>();

    private SchemaDigest() {}

    static String of(List<Table> tables, Collection<String> furtherFacts) {
        SchemaDigest digest = new SchemaDigest();
        digest.add(tables);
        digest.add(furtherFacts.stream().sorted().toList());
        return HexFormat.of().formatHex(digest.digest.digest());
    }

    private void add(@Nullable Object fact) {
        if (fact instanceof Collection<?> list) {
            addText("list " + list.size());
            list.forEach(this::add);
        } else if (fact instanceof Record record) {
            accessors
                    .computeIfAbsent(record.getClass(), SchemaDigest::accessors)
                    .forEach(accessor -> add(value(record, accessor)));
        } else {
            addText(String.valueOf(fact));
        }
    }

    private void addText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private static List<Method> accessors(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !NO_FACTS.contains(component.getName()))
                .map(RecordComponent::getAccessor)
                .toList();
    }

    private static @Nullable Object value(Record record, Method accessor) {
        try {
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // the records here are public
        }
    }
}

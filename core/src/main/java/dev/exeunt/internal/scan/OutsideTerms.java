package dev.exeunt.internal.scan;

import dev.exeunt.internal.search.PersonNames;
import dev.exeunt.internal.search.ResiduePatterns;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what is looked for outside the tables, as PostgreSQL's regular expressions: in large objects, materialized views and statistics.
 *
 * @param keys short ones are found by the names of columns
 */
public record OutsideTerms(List<String> keys, List<String> expressions, PersonNames names) {

    public OutsideTerms {
        keys = List.copyOf(keys);
        expressions = List.copyOf(expressions);
    }

    /** @param values with those of the identifiers */
    public static OutsideTerms of(PersonTerms terms, List<String> values) {
        List<String> keys = List.copyOf(terms.keys());
        PersonNames names = terms.columns().names();
        List<String> all = new ArrayList<>(new ResiduePatterns(values).expressions());
        all.addAll(ResiduePatterns.ofKeys(keys, names));
        return new OutsideTerms(keys, all, names);
    }

    public List<String> byteExpressions() {
        return ResiduePatterns.ofBytes(expressions);
    }
}

package dev.exeunt.internal.scan;

import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.scan.match.TermMatcher;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.search.ResiduePatterns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds what is looked for of some people: keys, identifiers, values. Texts of fewer than four characters stand in every other row by
 * accident, and so do numbers of fewer than six digits: such a key is found where a name says that a person is meant.
 */
public final class PersonTerms {

    private final KeyColumns columns;
    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<String> telling = new LinkedHashSet<>();
    private final TermMatcher tokens = new TermMatcher();
    private final TermMatcher tellingTokens = new TermMatcher();
    private final TermMatcher shortKeys = new TermMatcher();
    private final List<String> texts = new ArrayList<>();
    private int tooShort;

    /** @param people whose keys are looked for; keys of several parts are found by links only */
    public PersonTerms(KeyColumns columns, List<SubjectKey> people) {
        this.columns = columns;
        if (columns.searchable()) {
            people.forEach(p -> addKey(p.parts().get(0)));
        }
    }

    private void addKey(String key) {
        keys.add(key);
        List<String> spelled = ResiduePatterns.spellings(key);
        TermMatcher matcher = ResiduePatterns.common(key) ? shortKeys : tokens;
        spelled.forEach(each -> matcher.add(each, TermKind.KEY.bit()));
        if (columns.isTelling(key)) {
            telling.add(key);
            spelled.forEach(each -> tellingTokens.add(each, TermKind.KEY.bit()));
        }
    }

    /** Adds identifiers or values. Blank ones are passed over, short ones are said in {@link #skipped}. */
    public PersonTerms with(List<SearchTerm> terms) {
        for (SearchTerm term : terms) {
            String text = term.text().strip();
            if (text.length() >= ResiduePatterns.SHORTEST) {
                tokens.add(text, term.kind().bit());
                texts.add(text);
            } else if (!text.isEmpty()) {
                tooShort++;
            }
        }
        return this;
    }

    /** Adds terms that count only where they are part of a longer text. */
    public PersonTerms withParts(List<SearchTerm> terms) {
        for (SearchTerm term : terms) {
            if (term.text().strip().length() >= ResiduePatterns.SHORTEST) {
                tokens.addPart(term.text().strip(), term.kind().bit());
            }
        }
        return this;
    }

    /** Says how many of the texts could not be looked for. */
    public List<String> skipped() {
        return tooShort == 0
                ? List.of()
                : List.of(tooShort + (tooShort == 1 ? " value has" : " values have") + " fewer than "
                        + ResiduePatterns.SHORTEST + " characters and could not be looked for");
    }

    /** Regular expressions of PostgreSQL that find any of the terms, for what only its own functions read. */
    public List<String> expressions() {
        List<String> all = new ArrayList<>(new ResiduePatterns(texts).expressions());
        all.addAll(ResiduePatterns.ofKeys(List.copyOf(keys), columns.names()));
        return all;
    }

    public KeyColumns columns() {
        return columns;
    }

    /**
     * Whether rows that hold the term can mean only these people. A short number in a column that only sampled values say to hold keys
     * may be another's.
     *
     * @param named whether a name or a foreign key says that the column holds keys
     */
    public boolean tells(Table table, Column column, TermKind kind, boolean named) {
        return kind != TermKind.KEY
                || !columns.mayMeanAnother(table, column)
                        && (named || keys.stream().allMatch(k -> k.length() >= ResiduePatterns.FEWEST_DIGITS));
    }

    /** The keys as text, where they have one part. */
    public Set<String> keys() {
        return keys;
    }

    /** Those of the keys that no other value equals by accident. */
    Set<String> telling() {
        return telling;
    }

    /** Finds identifiers, values and keys that are told from any other text. */
    TermMatcher tokens() {
        return tokens;
    }

    /** Finds only keys that no other value equals by accident. */
    TermMatcher tellingTokens() {
        return tellingTokens;
    }

    /** Finds keys that mean a person only where a name says so. */
    TermMatcher shortKeys() {
        return shortKeys;
    }
}

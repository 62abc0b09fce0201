package dev.exeunt.internal.map.yaml;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.support.text.SpellingSuggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects every fault of one map file, so that the reader reports all of them together. */
public final class FaultCollector {

    private final String file;
    private final List<Finding> found = new ArrayList<>();

    public FaultCollector(String file) {
        this.file = file;
    }

    /** The parser counts from 0, people from 1. */
    Position at(Optional<Mark> mark) {
        return mark.map(m -> at(m.getLine() + 1, m.getColumn() + 1)).orElseGet(this::start);
    }

    Position at(int line, int column) {
        return new Position(file, line, column);
    }

    public Position start() {
        return at(1, 1);
    }

    public void malformed(Position at, String message, String fix) {
        add(FindingCode.MALFORMED, at, message, SuggestedFix.words(fix));
    }

    /** @param place where the word stands, as it is named in a sentence */
    public void unknownWord(LocatedText word, String place, Collection<String> valid) {
        unknownWord(word, word, place, valid);
    }

    /** @param whole the scalar that the word is a part of */
    public void unknownWord(LocatedText word, LocatedText whole, String place, Collection<String> valid) {
        String shown = ValueExcerpt.name(word.text());
        String list = String.join(", ", valid);
        add(
                FindingCode.UNKNOWN_WORD,
                word.at(),
                place + " has no word " + shown + "." + SpellingSuggestion.hint(word.text(), valid) + " Valid: " + list
                        + ".",
                SpellingSuggestion.closest(word.text(), valid)
                        .map(nearest -> whole.text().replace(word.text(), nearest))
                        .map(right -> SuggestedFix.value(
                                ValueExcerpt.name(whole.text()), YamlFormatter.scalar(right), "take " + shown + " out"))
                        .orElseGet(() -> SuggestedFix.words("Take " + shown + " out, or write one of: " + list + ".")));
    }

    public void notSupported(LocatedText word, String place) {
        add(
                FindingCode.NOT_SUPPORTED,
                word.at(),
                place + " may say " + word
                        + ", but this version cannot carry it out, and refuses what it would ignore.",
                SuggestedFix.words("Take " + word + " out until a version supports it."));
    }

    public boolean any() {
        return !found.isEmpty();
    }

    public MapInvalidException toException() {
        return new MapInvalidException(Finding.sorted(found));
    }

    private void add(FindingCode code, Position at, String message, SuggestedFix fix) {
        found.add(code.finding(at, "", message, fix));
    }
}

package dev.exeunt.map.yaml;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.Fix;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.map.Nearest;
import dev.exeunt.map.Position;
import dev.exeunt.map.Word;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects what is wrong with one file, so that all of it can be told at once. */
final class Faults {

    private final String file;
    private final List<Finding> found = new ArrayList<>();

    Faults(String file) {
        this.file = file;
    }

    /** The parser counts from 0, people from 1. */
    Position at(Optional<Mark> mark) {
        return mark.map(m -> at(m.getLine() + 1, m.getColumn() + 1)).orElseGet(this::start);
    }

    Position at(int line, int column) {
        return new Position(file, line, column);
    }

    Position start() {
        return at(1, 1);
    }

    void malformed(Position at, String message, String fix) {
        add(FindingCode.MALFORMED, at, message, Fix.words(fix));
    }

    /** @param place where the word stands, as it is named in a sentence */
    void unknownWord(Word word, String place, Collection<String> valid) {
        unknownWord(word, word, place, valid);
    }

    /** @param whole the scalar that the word is a part of */
    void unknownWord(Word word, Word whole, String place, Collection<String> valid) {
        String shown = Shown.name(word.text());
        String list = String.join(", ", valid);
        add(
                FindingCode.UNKNOWN_WORD,
                word.at(),
                place + " has no word " + shown + "." + Nearest.hint(word.text(), valid) + " Valid: " + list + ".",
                Nearest.to(word.text(), valid)
                        .map(nearest -> whole.text().replace(word.text(), nearest))
                        .map(right ->
                                Fix.value(Shown.name(whole.text()), YamlText.scalar(right), "take " + shown + " out"))
                        .orElseGet(() -> Fix.words("Take " + shown + " out, or write one of: " + list + ".")));
    }

    void notSupported(Word word, String place) {
        add(
                FindingCode.NOT_SUPPORTED,
                word.at(),
                place + " may say " + word
                        + ", but this version cannot carry it out, and refuses what it would ignore.",
                Fix.words("Take " + word + " out until a version supports it."));
    }

    boolean any() {
        return !found.isEmpty();
    }

    MapInvalidException toException() {
        return new MapInvalidException(Finding.sorted(found));
    }

    private void add(FindingCode code, Position at, String message, Fix fix) {
        found.add(Finding.of(code, at, "", message, fix));
    }
}

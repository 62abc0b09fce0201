package dev.exeunt.map;

import java.util.List;

/**
 * What of a role's rows a person gets.
 *
 * @param none nothing of them
 * @param except columns left out
 */
public record ExportRule(boolean none, List<Word> except, Position at) {

    public ExportRule {
        except = List.copyOf(except);
    }
}

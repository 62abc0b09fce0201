package dev.exeunt.internal.names;

import dev.exeunt.internal.schema.ColumnHeuristics;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Splits table and column names into words, and builds role and class names from them. */
public final class NameWords {

    private NameWords() {}

    /** A list of words, blanks between them. */
    public static Set<String> set(String words) {
        return Set.of(words.strip().split("\\s+"));
    }

    /** In lower case, in order. */
    public static List<String> of(String name) {
        return ColumnHeuristics.nameWords(name);
    }

    /** As {@link #of}, each in the singular. */
    public static List<String> singular(String name) {
        return of(name).stream().map(NameWords::singularOf).toList();
    }

    /** English, by rule of thumb: {@code entries} to {@code entry}, {@code addresses} to {@code address}. */
    public static String singularOf(String word) {
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes")) {
            return word.substring(0, word.length() - 2);
        }
        boolean plural = word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is");
        return plural && word.length() > 3 ? word.substring(0, word.length() - 1) : word;
    }

    /** {@code Person} for {@code people_person}, {@code User} for {@code users}: how frameworks name a class. */
    public static String className(String tableName) {
        StringBuilder name = new StringBuilder();
        for (String word : singular(tableName)) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
    }

    /** A name for a role, in kebab case, without a trailing {@code id}. */
    public static String roleName(List<String> columns) {
        List<String> words = columns.stream().flatMap(c -> of(c).stream()).toList();
        int end = words.size();
        while (end > 1 && List.of("id", "uuid", "fk").contains(words.get(end - 1))) {
            end--;
        }
        return String.join("-", words.subList(0, end));
    }
}

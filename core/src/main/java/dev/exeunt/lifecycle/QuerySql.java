package dev.exeunt.lifecycle;

import dev.exeunt.plan.PlannedSubject;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.schema.trial.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A query of the map about a person, with what {@code :subject} and {@code :leaving} stand for bound to it. */
final class QuerySql {

    /** Characters that no map can hold, in the places of the two. */
    private static final String SUBJECT = "\u0001";

    private static final String LEAVING = "\u0002";
    private static final Pattern PLACES = Pattern.compile(SUBJECT + "|" + LEAVING);

    private QuerySql() {}

    static Fragment of(String sql, PlannedSubject person, SubjectKey subject, List<SubjectKey> leaving) {
        String marked = Placeholders.in(sql).filled(SUBJECT, LEAVING);
        Fragment filled = Fragment.EMPTY;
        Matcher places = PLACES.matcher(marked);
        int done = 0;
        while (places.find()) {
            filled = filled.plus(Fragment.trusted(marked.substring(done, places.start())))
                    .plus(places.group().equals(SUBJECT) ? one(person, subject) : all(person, leaving));
            done = places.end();
        }
        return filled.plus(Fragment.trusted(marked.substring(done)));
    }

    private static Fragment one(PlannedSubject person, SubjectKey subject) {
        List<Fragment> parts = new ArrayList<>();
        for (int i = 0; i < person.key().size(); i++) {
            parts.add(Fragment.of(
                    "CAST(? AS " + person.key().get(i).type().quotedBase() + ")",
                    subject.parts().get(i)));
        }
        return parts.size() == 1
                ? parts.get(0)
                : Fragment.of("ROW(").plus(Fragment.join(", ", parts)).plus(")");
    }

    /** Behind ANY and ALL an array and a query stand in the same parentheses. */
    private static Fragment all(PlannedSubject person, List<SubjectKey> leaving) {
        List<Fragment> arrays = new ArrayList<>();
        for (int i = 0; i < person.key().size(); i++) {
            int part = i;
            String[] column = leaving.stream().map(k -> k.parts().get(part)).toArray(String[]::new);
            arrays.add(Fragment.of(
                    "CAST(?::pg_catalog.text[] AS " + person.key().get(i).type().quotedBase() + "[])",
                    (Object) column));
        }
        return arrays.size() == 1
                ? arrays.get(0)
                : Fragment.of("SELECT * FROM ROWS FROM (")
                        .plus(Fragment.join(
                                ", ",
                                arrays.stream()
                                        .map(a -> Fragment.of("pg_catalog.unnest(")
                                                .plus(a)
                                                .plus(")"))
                                        .toList()))
                        .plus(")");
    }
}

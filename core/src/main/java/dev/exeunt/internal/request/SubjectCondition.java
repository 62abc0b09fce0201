package dev.exeunt.internal.request;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import java.util.List;
import java.util.stream.IntStream;

/** Builds the conditions that find subjects of one kind in exeunt.request. */
public final class SubjectCondition {

    private SubjectCondition() {}

    public static SqlFragment is(SubjectKind kind, SubjectKey subject) {
        return SqlTemplate.of("subject = :subject::text[] AND subject_kind = :kind")
                .bind("subject", array(subject))
                .bind("kind", kind.text())
                .toFragment();
    }

    /**
     * Returns the condition for several subjects. The statement makes an array of each key: to PostgreSQL an array of arrays is one of
     * texts.
     */
    public static SqlFragment isOneOf(SubjectKind kind, List<SubjectKey> subjects) {
        int width = subjects.get(0).parts().size();
        List<SqlFragment> columns =
                IntStream.range(0, width).mapToObj(i -> column(subjects, i)).toList();
        List<String> names =
                IntStream.range(0, width).mapToObj(i -> "exeunt_" + i).toList();
        return SqlTemplate.of("""
                        subject IN (SELECT ARRAY[{names}] FROM unnest({columns}) AS exeunt_k({names}))
                        AND subject_kind = :kind""")
                .identifiers("names", names)
                .fragments("columns", ", ", columns)
                .bind("kind", kind.text())
                .toFragment();
    }

    public static String[] array(SubjectKey subject) {
        return subject.parts().toArray(String[]::new);
    }

    private static SqlFragment column(List<SubjectKey> subjects, int part) {
        return SqlTemplate.of(":parts::text[]")
                .bind("parts", subjects.stream().map(s -> s.parts().get(part)).toArray(String[]::new))
                .toFragment();
    }
}

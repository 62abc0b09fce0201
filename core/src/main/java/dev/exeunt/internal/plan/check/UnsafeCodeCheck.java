package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.DatabaseSchema.UnsafeCode;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.FindingCode.Severity;
import dev.exeunt.map.SuggestedFix;
import java.util.List;
import java.util.Optional;

/** Finds roles that can put code where our statements, or the application's, would run it (CVE-2018-1058). */
public final class UnsafeCodeCheck {

    private final BoundMap bound;

    private UnsafeCodeCheck(BoundMap bound) {
        this.bound = bound;
    }

    public static List<Finding> check(BoundMap bound) {
        UnsafeCodeCheck path = new UnsafeCodeCheck(bound);
        return bound.schema().unsafeCode().stream()
                .flatMap(unsafe -> path.finding(unsafe).stream())
                .toList();
    }

    private Optional<Finding> finding(UnsafeCode unsafe) {
        return unsafe.trigger() == null
                ? Optional.of(
                        warning(bound.map().subject().key().get(0).at(), unsafe.place() + "." + unsafe.role(), unsafe))
                : table(unsafe).map(t -> warning(t.roles().get(0).at(), t.name() + "." + unsafe.trigger(), unsafe));
    }

    /** Triggers of tables that the map does not name do not run. */
    private Optional<PlannedTable> table(UnsafeCode unsafe) {
        return bound.tables().stream()
                .filter(t -> !t.roles().isEmpty())
                .filter(t -> (t.name().schema() + "." + t.name().name()).equals(unsafe.place()))
                .findFirst();
    }

    private static Finding warning(Position at, String what, UnsafeCode unsafe) {
        return new Finding(
                FindingCode.UNSAFE_PATH, Severity.WARNING, at, what, unsafe.sentence() + ".", fix(unsafe, what));
    }

    private static SuggestedFix fix(UnsafeCode unsafe, String what) {
        String accepting = "accept: { unsafe-path: { " + what + ": a role of ours alone } }";
        if (unsafe.trigger() != null) {
            return SuggestedFix.words(
                    "let an owner of the table own that function (ALTER FUNCTION … OWNER TO …); or " + accepting);
        }
        String role = unsafe.role().equals("PUBLIC") ? "PUBLIC" : SqlQuoting.identifier(unsafe.role());
        SqlFragment revoke = SqlTemplate.of("REVOKE CREATE ON SCHEMA {schema} FROM {role};")
                .identifier("schema", unsafe.place())
                .fragment("role", role)
                .toFragment();
        return SuggestedFix.sql(revoke.sql(), accepting);
    }
}

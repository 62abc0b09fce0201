package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.text.LocatedSql;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.trial.MapSql;
import dev.exeunt.internal.schema.trial.SqlValidationResult;
import dev.exeunt.internal.schema.trial.SqlVerdict;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks PostgreSQL's verdicts on the map's SQL: valid, allowed, and the same result each time. */
public final class SqlCheck {

    /** As much of a text as shows where in it the database stopped. */
    private static final int EXCERPT = 24;

    private final String role;
    private final String database;
    private final Set<TableName> hidden;
    private final TableReadCheck reads;
    private final List<Finding> findings = new ArrayList<>();

    private SqlCheck(BoundMap bound) {
        this.role = SqlQuoting.identifier(bound.schema().role());
        this.database = SqlQuoting.identifier(bound.schema().database());
        this.reads = new TableReadCheck(bound);
        this.hidden = bound.tables().stream()
                .filter(t -> !t.table().rights().bypassesRowSecurity())
                .map(PlannedTable::name)
                .collect(Collectors.toSet());
    }

    public static List<Finding> check(BoundMap bound, SqlValidationResult tried) {
        SqlCheck findings = new SqlCheck(bound);
        for (LocatedSql sql : LocatedSql.of(bound)) {
            Optional<SqlVerdict> verdict = tried.of(sql.text());
            if (verdict.isPresent()) {
                findings.judge(sql, verdict.get());
            } else {
                findings.bad(sql, "has not been tried on the database", "run exeunt check");
            }
        }
        return findings.findings;
    }

    private void judge(LocatedSql sql, SqlVerdict verdict) {
        SqlVerdict.SqlTextError fault = verdict.fault();
        if (fault != null && fault.rights() && overHidden(sql.text())) {
            return; // cannot-see says it of the table
        }
        if (fault != null && fault.rights()) {
            add(FindingCode.NO_RIGHTS, sql, "could not be tried: " + fault.why(), "GRANT what is missing TO " + role);
        } else if (fault != null) {
            bad(sql, "is not valid" + place(sql, fault) + ": " + fault.why(), needed(sql.text()));
        }
        insides(sql, verdict.insides());
    }

    /** Of what the statement reads and calls, as far as the database says. */
    private void insides(LocatedSql sql, SqlVerdict.SqlDependencies insides) {
        if (insides.locking()) {
            bad(sql, "locks rows (FOR UPDATE or SHARE), and is only to read", "take FOR UPDATE out");
        }
        if (!isQuery(sql) && !insides.changing().isEmpty()) {
            changing(sql, insides.changing());
        }
        if (!isQuery(sql)) {
            findings.addAll(reads.check(sql, insides));
        }
        insides.forbidden().forEach(what -> forbidden(sql, what));
        insides.untrusted().forEach(untrusted -> untrusted(sql, untrusted));
        String unknown = insides.unknown();
        if (unknown != null) {
            unproven(sql, unknown);
        }
    }

    private static boolean isQuery(LocatedSql sql) {
        return sql.text() instanceof MapSql.SubjectQuery;
    }

    private void changing(LocatedSql sql, Collection<String> functions) {
        bad(
                sql,
                "calls " + String.join(", ", functions)
                        + ", which may answer differently each time (VOLATILE) or change something",
                sql.text() instanceof MapSql.ColumnExpression
                        ? "\"{random}\" for what is new in each row, \"{now}\" for the moment; else an expression over the"
                                + " row's columns with built-in or IMMUTABLE functions only"
                        : "decide by columns of the row, with built-in or IMMUTABLE functions only");
    }

    private void forbidden(LocatedSql sql, String what) {
        boolean function = what.startsWith("FUNCTION");
        add(
                FindingCode.NO_RIGHTS,
                sql,
                "uses the " + (function ? "function" : "table") + what.substring(what.indexOf(' ')) + ", which role "
                        + role + " may not",
                SuggestedFix.sql(
                        "GRANT " + (function ? "EXECUTE" : "SELECT") + " ON " + what + " TO " + role + ";",
                        "do without it"));
    }

    private void untrusted(LocatedSql sql, SqlVerdict.SqlDependencies.Untrusted untrusted) {
        add(
                FindingCode.UNSAFE_PATH,
                sql,
                "calls " + untrusted.function() + ", which the role " + untrusted.owner()
                        + " owns and can change: it would run with the rights of role " + role,
                SuggestedFix.words("name the function that is meant with its schema, such as pg_catalog.lower(…) or"
                        + " OPERATOR(pg_catalog.=); or let an owner of the database look at " + untrusted.function()
                        + ", then drop it or own it"));
    }

    private void unproven(LocatedSql sql, String unknown) {
        add(
                FindingCode.UNPROVEN,
                sql,
                "is valid, but "
                        + (isQuery(sql)
                                ? "what it reads and calls"
                                : "whether what it calls answers the same each time")
                        + " could not be proven: " + unknown,
                SuggestedFix.sql(
                        "GRANT TEMPORARY ON DATABASE " + database + " TO " + role + ";",
                        "run exeunt check on the primary; or accept: { unproven: { " + sql.what() + ": "
                                + (isQuery(sql) ? "looked at by hand" : "it calls nothing VOLATILE") + " } }"));
    }

    private boolean overHidden(MapSql text) {
        return text instanceof MapSql.RowCondition condition && hidden.contains(condition.table())
                || text instanceof MapSql.ColumnExpression value && hidden.contains(value.table());
    }

    private static String needed(MapSql text) {
        if (text instanceof MapSql.ColumnExpression value) {
            return "one SQL expression over the columns of " + value.table() + " that fits " + value.column()
                    + ", without aggregates";
        }
        return text instanceof MapSql.RowCondition condition
                ? "one SQL expression over the columns of " + condition.table()
                        + " that is true or false, such as kind = 'x'"
                : "one query that only reads, each of its columns with a name of its own, such as select name from orgs where"
                        + " owner_id = :subject";
    }

    private static String place(LocatedSql sql, SqlVerdict.SqlTextError fault) {
        if (fault.place().isEmpty()) {
            return "";
        }
        String text = sql.text().sql();
        int place = fault.place().getAsInt();
        String rest = text.substring(text.offsetByCodePoints(0, place)).replaceAll("\\s+", " ");
        String shown = rest.codePointCount(0, rest.length()) > EXCERPT
                ? rest.substring(0, rest.offsetByCodePoints(0, EXCERPT)) + "…"
                : rest;
        return " at its character " + (place + 1) + (shown.isBlank() ? "" : " (" + shown + ")");
    }

    private void bad(LocatedSql sql, String why, String fix) {
        add(FindingCode.BAD_SQL, sql, why, fix);
    }

    private void add(FindingCode code, LocatedSql sql, String why, String fix) {
        add(code, sql, why, SuggestedFix.words(fix));
    }

    private void add(FindingCode code, LocatedSql sql, String why, SuggestedFix fix) {
        findings.add(code.finding(sql.at(), sql.what(), sql.said() + " " + why + ".", fix));
    }
}

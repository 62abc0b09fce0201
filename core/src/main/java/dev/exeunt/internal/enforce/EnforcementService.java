package dev.exeunt.internal.enforce;

import dev.exeunt.ExeuntException;
import dev.exeunt.RowEnforcement;
import dev.exeunt.database.Database;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.postgres.TransactionWork;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.ErasedSubjects;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.store.Migrations;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.CheckResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Enforces a map in the database, removes that again, and compares. */
public final class EnforcementService implements RowEnforcement {

    /** Rows of the subject's table that are read at a time. */
    private static final int BATCH = 10_000;

    private final Database database;
    private final Duration lockWait;
    private final ErasedPeople erased;
    private final Supplier<Map<AccountFlow, FlowPlan>> flows;

    /**
     * @param lockWait how long to wait for locks on the application's tables
     * @param erased the record of people who were erased and whose rows stay
     * @param flows proves the map; asked whenever its plans are needed
     */
    public EnforcementService(
            Database database, Duration lockWait, ErasedPeople erased, Supplier<Map<AccountFlow, FlowPlan>> flows) {
        this.database = database;
        this.lockWait = lockWait;
        this.erased = erased;
        this.flows = flows;
    }

    /** Adds to what {@code check} found where the database differs from a map that holds and is enforced. */
    public static CheckResult withNotes(Connection connection, MapCheckResult checked, CheckResult report)
            throws SQLException {
        List<String> notes = new ArrayList<>(report.notes());
        if (report.holds()) {
            notes.addAll(EnforcementComparison.notes(connection, checked.flows()));
        }
        return new CheckResult(report.findings(), report.accepted(), notes);
    }

    @Override
    public String script() {
        EnforcementRules rules = EnforcementRules.of(flows.get());
        String script = script(looking(connection -> statements(connection, rules)));
        return RowPolicySql.choices(rules).stream()
                        .map(choice -> "-- " + choice + "\n")
                        .collect(Collectors.joining())
                + script;
    }

    @Override
    public void apply() {
        Map<AccountFlow, FlowPlan> proven = flows.get();
        EnforcementRules rules = EnforcementRules.of(proven);
        run("enforcing the map", connection -> statements(connection, rules));
        Plan plan =
                Objects.requireNonNull(proven.get(AccountFlow.DELETE_ACCOUNT)).erasure();
        Transaction.runAndCommit(database, "entering erased people", connection -> {
            TransactionSettings.apply(connection);
            new ErasedSubjects(connection, plan, erased, BATCH)
                    .forEachBatch(keys -> OwnWrites.enterErased(
                            connection, keys.stream().map(SubjectKey::parts).toList()));
            return true;
        });
    }

    @Override
    public String removalScript() {
        return script(looking(RemovalScript::of));
    }

    @Override
    public boolean remove() {
        return run("removing what was enforced", RemovalScript::of);
    }

    @Override
    public EnforcementStatus status() {
        EnforcementRules rules = EnforcementRules.of(flows.get());
        return looking(connection -> {
            Migrations.require(connection);
            EnforcementRules whole = new EnforcedState(connection).withParts(rules);
            EnforcementComparison comparison = new EnforcementComparison(connection, whole);
            return new EnforcementStatus(comparison.differences(), comparison.exposures(), RowPolicySql.choices(whole));
        });
    }

    private static List<String> statements(Connection connection, EnforcementRules rules) throws SQLException {
        Migrations.require(connection);
        EnforcementRules whole = new EnforcedState(connection).withParts(rules);
        List<String> obstacles = EnforcementObstacles.findForApply(connection, whole);
        if (!obstacles.isEmpty()) {
            throw new ExeuntException(
                    "Nothing was changed: the map cannot be enforced yet.\n  - " + String.join("\n  - ", obstacles));
        }
        return EnforcementScript.of(connection, whole).statements();
    }

    private <T> T looking(TransactionWork<T> work) {
        return Transaction.runAndRollBack(database, "looking at what is enforced", connection -> {
            TransactionSettings.apply(connection);
            return work.run(connection);
        });
    }

    /** @return false where there was nothing to run */
    private boolean run(String doing, TransactionWork<List<String>> statements) {
        return Transaction.runAndCommit(database, doing, connection -> {
            TransactionSettings.apply(connection);
            SqlRunner.call(
                    connection,
                    SqlTemplate.of("SELECT pg_catalog.set_config('lock_timeout', :milliseconds, true)")
                            .bind("milliseconds", Long.toString(lockWait.toMillis()))
                            .toFragment());
            List<String> all = statements.run(connection);
            for (String statement : all) {
                SqlRunner.execute(connection, SqlFragment.trusted(statement));
            }
            return !all.isEmpty();
        });
    }

    private String script(List<String> statements) {
        return statements.isEmpty()
                ? ""
                : "BEGIN;\nSET LOCAL search_path = pg_catalog, pg_temp;\nSET LOCAL lock_timeout = "
                        + lockWait.toMillis() + ";\n\n" + String.join(";\n\n", statements) + ";\n\nCOMMIT;\n";
    }
}

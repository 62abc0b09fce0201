package dev.exeunt.internal.verify;

import dev.exeunt.HashKey;
import dev.exeunt.erase.ErasurePreview.PersonWarning;
import dev.exeunt.internal.hide.HiddenRows;
import dev.exeunt.internal.ledger.ErasureTombstones;
import dev.exeunt.internal.ledger.ErasureTombstones.ErasureTombstone;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.reach.SubjectFinder.NamedSubject;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LatestDataErasures;
import dev.exeunt.internal.request.RequestTable;
import dev.exeunt.internal.verify.ErasureRecord.RecordKind;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks up what is recorded of the erasure of people, and groups the people by it. */
public final class ErasureRecords {

    /** A role that only reads the application's tables may have no right to the records. */
    private static final SqlFragment READABLE = SqlFragment.of("""
            SELECT coalesce(bool_and(has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')), false)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'exeunt' AND c.relname IN ('erased', 'request', 'schema_history')
            """);

    private final Connection connection;
    private final Map<AccountFlow, FlowPlan> flows;
    private final @Nullable HashKey key;

    /** @param key of the records; null where it is not given, and erasures of accounts cannot be looked up */
    public ErasureRecords(Connection connection, Map<AccountFlow, FlowPlan> flows, @Nullable HashKey key) {
        this.connection = connection;
        this.flows = Map.copyOf(flows);
        this.key = key;
    }

    /** Groups the people, in the order given. */
    List<JudgedPeople> group(List<NamedSubject> people) throws SQLException {
        boolean readable = SqlRunner.isTrue(connection, READABLE) && RequestTable.inUse(connection);
        List<SubjectKey> keys = people.stream().map(NamedSubject::key).toList();
        Map<SubjectKey, ErasureTombstone> tombstones =
                readable && key != null ? new ErasureTombstones(connection, key, kind()).findAll(keys) : Map.of();
        Map<SubjectKey, Request> data =
                readable ? LatestDataErasures.find(connection, kind(), keys) : Map.<SubjectKey, Request>of();
        Map<Object, JudgedPeople> groups = new LinkedHashMap<>();
        for (NamedSubject person : people) {
            ErasureTombstone tombstone = tombstones.get(person.key());
            Request request = flows.containsKey(AccountFlow.DELETE_DATA) ? data.get(person.key()) : null;
            if (tombstone != null) {
                JudgedPeople alone = ofAccount(person, tombstone, plan(AccountFlow.DELETE_ACCOUNT));
                groups.merge(alone.record(), alone, ErasureRecords::together);
            } else if (request != null) {
                groups.put(request.id(), ofData(person, request));
            } else {
                JudgedPeople alone = unrecorded(person, readable && key != null);
                groups.merge(alone.record(), alone, ErasureRecords::together);
            }
        }
        return List.copyOf(groups.values());
    }

    /**
     * Groups people whose account this flow has erased, by the record of it. People of whom there is no record are left out.
     *
     * @throws dev.exeunt.ExeuntException where people were erased under another key
     */
    List<JudgedPeople> groupErased(List<NamedSubject> people, AccountFlow flow) throws SQLException {
        Plan plan = plan(flow);
        Map<SubjectKey, ErasureTombstone> tombstones = new ErasureTombstones(
                        connection, Objects.requireNonNull(key), kind())
                .findAll(people.stream().map(NamedSubject::key).toList());
        Map<ErasureRecord, JudgedPeople> groups = new LinkedHashMap<>();
        for (NamedSubject person : people) {
            ErasureTombstone tombstone = tombstones.get(person.key());
            if (tombstone != null) {
                JudgedPeople alone = ofAccount(person, tombstone, plan);
                groups.merge(alone.record(), alone, ErasureRecords::together);
            }
        }
        return List.copyOf(groups.values());
    }

    /** Returns what is unusual about people who are to be erased. */
    public List<PersonWarning> warnings(List<NamedSubject> people) throws SQLException {
        List<PersonWarning> warnings = new ArrayList<>();
        if (people.stream().anyMatch(p -> !p.there())) {
            warnings.add(PersonWarning.ROW_IS_GONE);
        }
        if (group(people).stream().anyMatch(g -> g.record().kind() == RecordKind.KEY_IN_USE_AGAIN)) {
            warnings.add(PersonWarning.KEY_IN_USE_AGAIN);
        }
        return warnings;
    }

    private static JudgedPeople together(JudgedPeople some, JudgedPeople more) {
        List<SubjectKey> all = new ArrayList<>(some.people());
        all.addAll(more.people());
        return new JudgedPeople(all, some.record(), some.erasure(), some.judged());
    }

    private static JudgedPeople ofAccount(NamedSubject person, ErasureTombstone tombstone, Plan plan) {
        boolean again = person.there() && !tombstone.rowStays();
        return account(
                person,
                plan,
                new ErasureRecord(
                        again ? RecordKind.KEY_IN_USE_AGAIN : RecordKind.ACCOUNT_ERASED,
                        tombstone.at(),
                        tombstone.transactionAge()));
    }

    private JudgedPeople unrecorded(NamedSubject person, boolean looked) {
        return account(
                person,
                plan(AccountFlow.DELETE_ACCOUNT),
                ErasureRecord.none(looked && person.there() ? RecordKind.NEVER_ERASED : RecordKind.UNKNOWN));
    }

    private static JudgedPeople account(NamedSubject person, Plan plan, ErasureRecord record) {
        return new JudgedPeople(List.of(person.key()), record, plan, plan);
    }

    private JudgedPeople ofData(NamedSubject person, Request request) {
        Plan plan = plan(AccountFlow.DELETE_DATA);
        ErasureRecord record = new ErasureRecord(RecordKind.DATA_ERASED, request.erasedAt(), null);
        return new JudgedPeople(
                List.of(person.key()),
                record,
                plan,
                HiddenRows.limitToRequestTime(plan, request.id(), request.requestedAt()));
    }

    private Plan plan(AccountFlow flow) {
        return Objects.requireNonNull(flows.get(flow)).erasure();
    }

    private SubjectKind kind() {
        return plan(AccountFlow.DELETE_ACCOUNT).subject().kind();
    }
}

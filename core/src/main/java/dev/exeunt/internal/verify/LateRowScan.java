package dev.exeunt.internal.verify;

import dev.exeunt.HashKey;
import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.SubjectFinder.NamedSubject;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.verify.ErasureRecord.RecordKind;
import dev.exeunt.map.AccountFlow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Looks by the links of the map for rows that erased people should not have. Reads no table that no link leads to. Links by a value that
 * the erasure removed, such as an e-mail address, are not followed, unless a row of the subject's table has the key again.
 */
public final class LateRowScan {

    /** What a place is called where a row of the subject's table has the key again. */
    public static final String SAME_KEY = "same-key";

    private final Connection connection;
    private final Map<AccountFlow, FlowPlan> flows;
    private final HashKey key;
    private final ErasedPeople erased;

    public LateRowScan(Connection connection, Map<AccountFlow, FlowPlan> flows, HashKey key, ErasedPeople erased) {
        this.connection = connection;
        this.flows = Map.copyOf(flows);
        this.key = key;
        this.erased = erased;
    }

    /**
     * Returns the places that the map does not explain. Where a row of the subject's table has the key of an erased person again, it is
     * the only place ({@link #SAME_KEY}): a new person has the key, or the old row was written back.
     *
     * @param people whose account this flow has erased
     */
    public List<ResiduePlace> find(List<NamedSubject> people, AccountFlow flow) throws SQLException {
        return SearchPath.ofRole(connection, c -> {
            List<ResiduePlace> found = new ArrayList<>();
            for (JudgedPeople group : new ErasureRecords(c, flows, key).groupErased(people, flow)) {
                if (group.record().kind() == RecordKind.KEY_IN_USE_AGAIN) {
                    found.add(sameKey(group));
                } else {
                    LinkVerdict.of(c, group, erased, List.of()).places().stream()
                            .filter(place -> place.kept() == null)
                            .forEach(found::add);
                }
            }
            return List.copyOf(found);
        });
    }

    private static ResiduePlace sameKey(JudgedPeople group) {
        PlannedSubject subject = group.erasure().subject();
        return new ResiduePlace(
                subject.table().name().toString(),
                subject.key().stream().map(Column::name).collect(Collectors.joining(", ")),
                SAME_KEY,
                group.people().size(),
                null);
    }
}

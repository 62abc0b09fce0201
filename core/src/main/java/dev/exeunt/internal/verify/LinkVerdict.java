package dev.exeunt.internal.verify;

import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.erase.Residue.UnjudgedPlace;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.FormerIdentifier;
import dev.exeunt.internal.reach.KeyCapture;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.SubjectRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds what the links of the map lead to after an erasure.
 *
 * @param links rows that links lead to, also those that the map keeps
 * @param rules rows that stay and do not bear what the map's rules write
 */
record LinkVerdict(List<ResiduePlace> links, List<ResiduePlace> rules, List<UnjudgedPlace> unjudged) {

    LinkVerdict {
        links = List.copyOf(links);
        rules = List.copyOf(rules);
        unjudged = List.copyOf(unjudged);
    }

    /** Follows the links of these people, in a transaction that is rolled back. */
    static LinkVerdict of(
            Connection connection, JudgedPeople group, ErasedPeople erased, List<FormerIdentifier> holders)
            throws SQLException {
        SubjectRows all = rows(connection, group.erasure(), group, erased, holders);
        SubjectRows judged =
                group.judged() == group.erasure() ? all : rows(connection, group.judged(), group, erased, holders);
        LinkPlaces links = new LinkPlaces(connection, all, judged, group.record()).find();
        RuleComparison.ComparedRules rules = new RuleComparison(connection, judged, group.record()).compare();
        return new LinkVerdict(
                links.places(),
                rules.left(),
                Stream.concat(links.unjudged().stream(), rules.unjudged().stream())
                        .toList());
    }

    private static SubjectRows rows(
            Connection connection, Plan plan, JudgedPeople group, ErasedPeople erased, List<FormerIdentifier> holders)
            throws SQLException {
        return KeyCapture.capture(
                connection, plan, new LeavingPeople(group.people(), erased, holders), KeyCapture.CaptureMode.COUNT);
    }

    List<ResiduePlace> places() {
        return Stream.concat(links.stream(), rules.stream()).toList();
    }
}

package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.LifecycleSettings;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.PlaceholderText;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.fix.AcceptanceFix;
import dev.exeunt.internal.plan.text.LocatedSql;
import dev.exeunt.internal.schema.trial.QueryPlaceholders;
import dev.exeunt.internal.schema.trial.SqlValidationResult;
import dev.exeunt.internal.schema.trial.SqlVerdict;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.support.text.SpellingSuggestion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that guards consider pending requests and lockable tables, and that messages name columns their queries
 * return. And whether what guards and warnings say names columns that their queries return.
 */
public final class GuardCheck {

    private final BoundMap bound;
    private final SqlValidationResult tried;
    private final List<Finding> findings = new ArrayList<>();

    private GuardCheck(BoundMap bound, SqlValidationResult tried) {
        this.bound = bound;
        this.tried = tried;
    }

    public static List<Finding> check(BoundMap bound, SqlValidationResult tried) {
        GuardCheck findings = new GuardCheck(bound, tried);
        for (LifecycleSettings.Guard guard : bound.map().lifecycle().guards()) {
            findings.blind(guard);
            findings.columns(guard.sql(), guard.message(), "guards." + guard.name());
            findings.columns(guard.sql(), guard.link(), "guards." + guard.name());
        }
        bound.map().lifecycle().warnings().forEach(w -> findings.columns(w.sql(), w.message(), "warnings." + w.name()));
        return findings.findings;
    }

    private void blind(LifecycleSettings.Guard guard) {
        if (!QueryPlaceholders.in(guard.sql().text()).leaving()) {
            blind(
                    guard,
                    "does not use :leaving: of two people who ask one after the other, each still counts the other, and both"
                            + " may go",
                    "where it counts others, leave those out who are going: and user_id <> all (:leaving)");
        }
        insides(guard.sql())
                .hiding()
                .forEach(
                        h -> blind(
                                guard,
                                "reads by " + h
                                        + ", which does not show which tables: they cannot be locked while the guard decides",
                                "write what it does into the guard's own sql, or make the function IMMUTABLE where it reads none"));
    }

    private void blind(LifecycleSettings.Guard guard, String why, String fix) {
        String what = "guards." + guard.name();
        findings.add(FindingCode.GUARD_BLIND.finding(
                guard.sql().at(),
                what,
                "the guard " + guard.name() + " " + why + ".",
                AcceptanceFix.suggest(FindingCode.GUARD_BLIND, what, "looked at, it holds all the same", fix)));
    }

    private void columns(LocatedText sql, @Nullable LocatedText text, String what) {
        List<String> known = insides(sql).columns();
        if (text == null || known.isEmpty()) {
            return;
        }
        for (String name : PlaceholderText.parse(text.text()).names()) {
            if (!known.contains(name)) {
                findings.add(FindingCode.UNKNOWN_NAME.finding(
                        text.at(),
                        what,
                        "{" + name + "} is no column of the query of " + what + "."
                                + SpellingSuggestion.hint(name, known),
                        "one of: " + String.join(", ", known)));
            }
        }
    }

    private SqlVerdict.SqlDependencies insides(LocatedText sql) {
        return tried.of(LocatedSql.query(bound, sql))
                .map(SqlVerdict::insides)
                .orElse(SqlVerdict.SqlDependencies.NOTHING);
    }
}

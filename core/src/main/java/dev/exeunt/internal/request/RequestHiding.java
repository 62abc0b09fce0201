package dev.exeunt.internal.request;

import dev.exeunt.internal.erase.RuleSql;
import dev.exeunt.internal.hide.RowHider;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.catalog.CatalogComparison;
import dev.exeunt.request.Request;
import java.sql.SQLException;
import java.util.Comparator;

/** Hides a person's rows as the flow of a request says. */
public final class RequestHiding {

    /** In which requests of a person hid. */
    public static final Comparator<Request> ORDER =
            Comparator.comparing(Request::requestedAt).thenComparing(Request::flow);

    private RequestHiding() {}

    /** As the map says of the request's flow, with the request's own moments: at the request, and again when a weaker one ended. */
    public static void hide(RequestTransaction transaction, FlowPlan flow, Request request, SubjectKey subject)
            throws SQLException {
        Plan plan = flow.hiding();
        if (plan == null) {
            return;
        }
        hider(transaction, plan, request).hide(subject);
    }

    public static RowHider hider(RequestTransaction transaction, Plan plan, Request request) throws SQLException {
        CatalogComparison.requireUnchanged(transaction.connection(), plan.catalogue(), "changed");
        RuleSql.TimePlaceholders moments =
                new RuleSql.TimePlaceholders(request.requestedAt(), request.dueAt(), request.loginBlockedUntil());
        return new RowHider(transaction.connection(), plan, request.id(), moments)
                .withErasedPeople(transaction.context().erasedPeople());
    }
}

package dev.exeunt.internal.request;

import dev.exeunt.internal.erase.RuleSql;
import dev.exeunt.internal.hide.RowHider;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.catalog.CatalogComparison;
import dev.exeunt.request.Request;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** Hides a person's rows as the flow of a request says. */
public final class RequestHiding {

    /** In which requests of a person hid. */
    public static final Comparator<Request> ORDER =
            Comparator.comparing(RequestHiding::hiddenAt).thenComparing(Request::flow);

    private RequestHiding() {}

    /** Returns the moment by which {@link #ORDER} compares. */
    public static Instant hiddenAt(Request request) {
        return request.softDeletedAt() == null ? request.requestedAt() : request.softDeletedAt();
    }

    /**
     * Returns the moment of hiding for a new request: now, or right after the person's other open requests hid, where the clock has been
     * set back since.
     *
     * @param open the person's open requests
     */
    public static Instant momentAfter(List<Request> open, Instant now) {
        return open.stream()
                .map(RequestHiding::hiddenAt)
                .max(Comparator.naturalOrder())
                .filter(now::isBefore)
                .map(latest -> latest.plus(1, ChronoUnit.MICROS))
                .orElse(now);
    }

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

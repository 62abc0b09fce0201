package dev.exeunt.internal.gate;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.GateDecision.GateState;
import dev.exeunt.request.Request;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the rules of the gate, the strongest first: the first that holds decides. {@link #decide} goes through them in Java, and
 * {@link #sql} writes them into the SQL function.
 */
enum GateRule {
    /** The person's row is gone, or a tombstone says that the person was erased. SQL has no key, and sees only the row. */
    GONE(GateState.ERASED, "CAST(NULL AS timestamptz)", "WHERE NOT EXISTS ({row})"),
    /** A login block holds to its end, also where the request was taken back before, unless the map lifts it then. */
    LOGIN_BLOCK(
            GateState.BLOCKED,
            "max(login_blocked_until)",
            "FROM asked WHERE login_blocked_until > exeunt.clock() HAVING count(*) > 0"),
    DEACTIVATION(GateState.DEACTIVATED, AccountFlow.DEACTIVATE),
    ACCOUNT_DELETION(GateState.SCHEDULED, AccountFlow.DELETE_ACCOUNT),
    DATA_DELETION(GateState.SCHEDULED, AccountFlow.DELETE_DATA),
    /** The person's row bears the moment of an erasure. Java has the tombstone for it, and leaves this to {@link #GONE}. */
    MARKED(GateState.ERASED, "NULL", "WHERE {marked}"),
    OTHERWISE(GateState.ALLOWED, "NULL", "");

    private final GateState state;
    private final String until;
    private final String holds;
    private final @Nullable AccountFlow flow;

    GateRule(GateState state, String until, String holds) {
        this.state = state;
        this.until = until;
        this.holds = holds;
        this.flow = null;
    }

    /** Holds where a request of the flow is open. */
    GateRule(GateState state, AccountFlow flow) {
        this.state = state;
        this.until = "due_at";
        this.holds = "FROM asked WHERE open AND kind = '" + flow.word() + "'";
        this.flow = flow;
    }

    /**
     * Holds what decides in Java.
     *
     * @param gone whether the person has no row, or is known as erased
     * @param requests the person's open requests, and requests that were taken back whose login block still holds
     */
    record GateFacts(boolean gone, List<Request> requests, Instant now) {}

    static GateDecision decide(GateFacts facts) {
        return Arrays.stream(values())
                .flatMap(rule -> rule.applied(facts).stream())
                .findFirst()
                .orElseThrow();
    }

    private Optional<GateDecision> applied(GateFacts facts) {
        return switch (this) {
            case GONE -> facts.gone() ? Optional.of(GateDecision.ERASED) : Optional.empty();
            case LOGIN_BLOCK -> blocks(facts).max(Instant::compareTo).map(latest -> new GateDecision(state, latest));
            case DEACTIVATION, ACCOUNT_DELETION, DATA_DELETION -> open(facts);
            case MARKED -> Optional.empty();
            case OTHERWISE -> Optional.of(GateDecision.ALLOWED);
        };
    }

    private static Stream<Instant> blocks(GateFacts facts) {
        return facts.requests().stream()
                .map(Request::loginBlockedUntil)
                .filter(Objects::nonNull)
                .filter(facts.now()::isBefore);
    }

    private Optional<GateDecision> open(GateFacts facts) {
        return facts.requests().stream()
                .filter(request -> request.flow() == flow && request.state().isOpen())
                .findFirst()
                .map(request -> new GateDecision(state, request.dueAt()));
    }

    /**
     * Returns a query of {@code rank, state, until} with a row for each rule that holds.
     *
     * @param row a query that returns the person's row
     * @param marked a condition: whether it bears the moment of an erasure
     */
    static String sql(String row, String marked) {
        return Arrays.stream(values())
                .map(rule -> rule.select(row, marked))
                .collect(Collectors.joining("\n        UNION ALL\n        "));
    }

    private String select(String row, String marked) {
        SqlTemplate select = SqlTemplate.of("SELECT {rank}, {state}, {until} {holds}")
                .fragment("rank", Integer.toString(ordinal()))
                .fragment("state", SqlQuoting.literal(state.word()))
                .fragment("until", until)
                .fragment(
                        "holds",
                        switch (this) {
                            case GONE ->
                                SqlTemplate.of(holds).fragment("row", row).toFragment();
                            case MARKED ->
                                SqlTemplate.of(holds).fragment("marked", marked).toFragment();
                            case LOGIN_BLOCK, DEACTIVATION, ACCOUNT_DELETION, DATA_DELETION, OTHERWISE ->
                                SqlFragment.of(holds);
                        });
        return select.toFragment().sql();
    }
}

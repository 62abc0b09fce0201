package dev.exeunt.examples.jdbc;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.AccountRequests.WithdrawalResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.GateDecision.GateState;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestPreview;
import dev.exeunt.request.RequestRefusedException;
import java.time.Instant;
import java.util.List;

/** Accepts the requests of customers who leave, asks the gate when they sign in, and erases those whose time is over. */
public final class BookshopAccount {

    private final AccountRequests requests;

    public BookshopAccount(AccountRequests requests) {
        this.requests = requests;
    }

    // tag::submit[]
    /** Submits the customer's request to delete the account, with the address they typed to confirm it. */
    public Request deleteAccount(String customer, String typedEmail) {
        RequestPreview preview = requests.previewRequest(AccountFlow.DELETE_ACCOUNT, customer);
        return requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, customer)
                .typing(typedEmail)
                .acknowledging(preview.warnings().digest())); // you have shown these warnings
    }
    // end::submit[]

    // tag::refused[]
    /** Submits the request, or returns the messages of the guards that forbid it. */
    public List<String> obstaclesOf(String customer, String typedEmail) {
        try {
            deleteAccount(customer, typedEmail);
            return List.of();
        } catch (RequestRefusedException refused) {
            return refused.obstacles().stream()
                    .map(RequestPreview.Obstacle::message)
                    .toList();
        }
    }
    // end::refused[]

    // tag::staff[]
    /** Deactivates an account on behalf of the customer. Staff always give a reason. */
    public Request deactivateFor(String customer, String staff, String reason) {
        return requests.submit(NewRequest.staff(AccountFlow.DEACTIVATE, customer, staff, reason));
    }
    // end::staff[]

    // tag::cancel[]
    /** Takes the request to delete the account back. Hidden rows are put back exactly. */
    public Request keepAccount(String customer) {
        WithdrawalResult withdrawn = requests.cancel(customer, Actor.SELF, null);
        return withdrawn.request();
    }
    // end::cancel[]

    // tag::gate[]
    /** Whether the customer may sign in. Pass the token's time of issue if they come with a token. */
    public boolean maySignIn(String customer) {
        GateDecision decision = requests.gate(customer, null);
        return decision.state() == GateState.ALLOWED || decision.state() == GateState.SCHEDULED;
    }
    // end::gate[]

    // tag::due[]
    /** Returns when the customer will be erased. */
    public Instant dueAt(String customer) {
        return requests.status(customer).requests().stream()
                .filter(request -> request.state().isOpen())
                .map(Request::dueAt)
                .min(Instant::compareTo)
                .orElseThrow();
    }
    // end::due[]

    // tag::reap[]
    /** Erases all customers whose time is over. Run it once an hour, under a name that no other instance has. */
    public String reap(String worker) {
        ReapResult result = requests.eraseDue(worker);
        return result.erased() + " erased, " + result.blocked() + " blocked, " + result.failed() + " failed";
    }
    // end::reap[]
}

package dev.exeunt.spring.external;

import dev.exeunt.spring.external.DeliveryOutcome.Failed;
import dev.exeunt.spring.external.DeliveryOutcome.Taken;
import dev.exeunt.spring.external.http.CallFailedException;
import dev.exeunt.spring.external.keycloak.KeycloakApi;
import dev.exeunt.spring.external.keycloak.KeycloakApi.AccountState;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.support.event.DisabledAccounts;
import dev.exeunt.support.event.DisabledAccounts.DisabledAccount;
import dev.exeunt.support.event.OutgoingEvent;
import dev.exeunt.support.event.SystemAnswer;
import dev.exeunt.support.event.SystemAnswer.AnswerResult;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Acts on the events of one system at Keycloak: disables a person's accounts, revokes their sessions, enables again what Exeunt has
 * disabled, and removes accounts. Each act may come again: it looks first at what is so already, and an event that comes late acts by the
 * requests that are in force now.
 */
final class KeycloakReceiver implements EventReceiver {

    private final KeycloakApi api;
    private final DisabledAccounts disabled;
    private final boolean located;

    /** @param located whether the map has a query for the ids of accounts; else the person's key is the id */
    KeycloakReceiver(KeycloakApi api, DisabledAccounts disabled, boolean located) {
        this.api = api;
        this.disabled = disabled;
        this.located = located;
    }

    @Override
    public DeliveryOutcome deliver(OutgoingEvent event, String body) {
        try {
            return new Taken(act(event, HttpJson.MAPPER.readTree(body).get("data")));
        } catch (CallFailedException e) {
            return Failed.of(e);
        }
    }

    private @Nullable SystemAnswer act(OutgoingEvent event, JsonNode data) throws CallFailedException {
        switch (event.type()) {
            case "user.deactivated", "user.erasure_starting" -> {
                if (disabled.isWanted(event)) {
                    disable(event, accounts(data));
                }
            }
            case "user.account_deletion_requested" -> revokeSessions(accounts(data));
            case "user.reactivated",
                    "user.cancelled",
                    "user.erasure_blocked",
                    "user.erasure_held",
                    "user.erasure_failed" -> {
                if (!disabled.isWanted(event)) {
                    enable(event);
                }
            }
            case "user.erased" -> {
                return erase(event, accounts(data));
            }
            case "user.data_erased" -> {
                return new SystemAnswer(AnswerResult.NOTHING_FOUND, null); // the person keeps the account
            }
            default -> {
                // of no consequence for the account
            }
        }
        return null;
    }

    private void disable(OutgoingEvent event, Set<String> accounts) throws CallFailedException {
        for (String account : accounts) {
            AccountState state = api.find(account);
            if (state == AccountState.MISSING) {
                continue;
            }
            boolean enabled = state == AccountState.ENABLED;
            if (disabled.remember(event, account, enabled) && enabled) {
                api.setEnabled(account, false);
            }
        }
        revokeSessions(accounts);
    }

    private void revokeSessions(Set<String> accounts) throws CallFailedException {
        for (String account : accounts) {
            api.revokeSessions(account);
        }
    }

    private void enable(OutgoingEvent event) throws CallFailedException {
        for (DisabledAccount account : disabled.find(event)) {
            if (!account.shared() && api.find(account.id()) == AccountState.DISABLED) {
                api.setEnabled(account.id(), true);
            }
            disabled.forget(event, account.id());
        }
    }

    private SystemAnswer erase(OutgoingEvent event, Set<String> located) throws CallFailedException {
        Set<String> accounts = new LinkedHashSet<>(located);
        disabled.find(event).forEach(account -> accounts.add(account.id()));
        boolean found = false;
        for (String account : accounts) {
            found |= api.remove(account);
            disabled.forget(event, account);
        }
        if (!accounts.isEmpty()) {
            api.clearUserCache(); // without the right to it, nothing was erased behind Keycloak's back
        }
        return new SystemAnswer(found ? AnswerResult.ERASED : AnswerResult.NOTHING_FOUND, null);
    }

    /** Returns the ids of the person's accounts; none where the map's query found none. */
    private Set<String> accounts(JsonNode data) throws CallFailedException {
        if (!located) {
            return Set.of(data.get("subject").stringValue());
        }
        Set<String> accounts = new LinkedHashSet<>();
        for (JsonNode row : data.path("locators")) {
            if (row.size() != 1) {
                throw new CallFailedException("locators", true); // one column, the account's id
            }
            JsonNode id = row.values().iterator().next();
            if (!id.isNull()) {
                accounts.add(id.asString());
            }
        }
        return accounts;
    }

    @Override
    public void close() {
        api.close();
    }
}

package dev.exeunt.internal.map;

import dev.exeunt.map.AccountFlow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the map says of a role's rows in each account flow: what is hidden on request and what is erased later.
 *
 * @param hide by flow; a flow without one hides nothing
 * @param created the column that says when a row was made; null where the map leaves it out
 * @param fates by flow, each of them; for what the account keeps under {@link AccountFlow#DELETE_DATA} it is
 *     {@link Fate.Untouched}
 */
public record RoleLifecycle(
        DeletionScope scope,
        Map<AccountFlow, HideRule> hide,
        @Nullable LocatedText created,
        NewRowPolicy newRows,
        HiddenRowVisibility reads,
        PolicyForm policyForm,
        Map<AccountFlow, Fate> fates) {

    public RoleLifecycle {
        hide = Map.copyOf(hide);
        fates = Map.copyOf(fates);
        if (fates.size() != AccountFlow.values().length) {
            throw new IllegalArgumentException("each flow has a fate: " + fates.keySet());
        }
    }

    /** What happens at the request of a flow; empty where nothing does. */
    public Optional<HideRule> hide(AccountFlow flow) {
        return Optional.ofNullable(hide.get(flow));
    }

    /** What becomes of the rows when the flow is due. */
    public Fate fate(AccountFlow flow) {
        return Objects.requireNonNull(fates.get(flow));
    }

    /**
     * Says whether a role's rows are the person's data, which {@code delete-data} erases, or part of the account, which
     * stays.
     */
    public enum DeletionScope {
        /** what the person made */
        DATA,
        /** what the account is: <em>delete my data</em> leaves it alone */
        ACCOUNT
    }

    /** Says whether the application may still insert rows for a person who has asked to leave. */
    public enum NewRowPolicy {
        ALLOW,
        REFUSE
    }

    /** Says for which queries the policy that makes hidden rows absent is quick. */
    public enum PolicyForm {
        /** The hidden set is read once a query: for queries that read many rows. */
        SCAN("scan"),
        /** The hidden set is asked by its index for each row: for queries that read some dozens of rows. */
        FEED("feed");

        private final String word;

        PolicyForm(String word) {
            this.word = word;
        }

        /** Returns the map's word for it. */
        public String word() {
            return word;
        }

        /** Returns the map's words, in their order. */
        public static List<String> words() {
            return Arrays.stream(values()).map(PolicyForm::word).toList();
        }
    }

    /** Says whether the application still sees a role's rows while they are hidden. */
    public enum HiddenRowVisibility {
        ABSENT,
        SHOWN
    }
}

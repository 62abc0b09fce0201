package dev.exeunt.internal.replay;

import dev.exeunt.internal.ledger.chain.LedgerEntry;
import dev.exeunt.internal.ledger.chain.LedgerEntry.HoldFacts;
import dev.exeunt.internal.ledger.chain.LedgerEntry.NumberOf;
import dev.exeunt.internal.ledger.chain.LedgerEntry.RequestFacts;
import dev.exeunt.internal.ledger.chain.LedgerEntryType;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.map.AccountFlow;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of each request, and of each erasure without one, in the entries that a restored database lacks. */
final class LostHistory {

    private final SubjectKind kind;
    private final Map<UUID, String> subjects = new HashMap<>();
    private final Map<UUID, RequestFacts> facts = new HashMap<>();
    private final Map<String, LostCase> lost = new LinkedHashMap<>();
    private final Map<String, Integer> endedAccounts = new HashMap<>();
    private int entries;

    /** @param kind of the subjects that are replayed */
    LostHistory(SubjectKind kind) {
        this.kind = kind;
    }

    /**
     * A request, or one person of an erasure without a request.
     *
     * @param subject keyed hash, in hexadecimal
     * @param last what the ledger says of it last
     * @param at of the first lost entry: the person existed then
     * @param facts null where there is no request, or none was recorded
     * @param hold null but of a legal hold that was placed
     * @param first which of the lost entries mentions it first
     * @param decided which of the lost entries said what became of it
     */
    record LostCase(
            UUID number,
            NumberOf about,
            String subject,
            LedgerEntryType last,
            Instant at,
            @Nullable RequestFacts facts,
            @Nullable HoldFacts hold,
            int first,
            int decided) {

        boolean direct() {
            return about == NumberOf.ERASURE;
        }

        /** Whether it is the erasure of a person without an account, whom a value tells. */
        boolean guest() {
            return about == NumberOf.GUEST;
        }

        boolean isHeld() {
            return last == LedgerEntryType.HELD;
        }

        boolean isReleased() {
            return last == LedgerEntryType.RELEASED;
        }

        boolean isErased() {
            return last == LedgerEntryType.COMMITTED;
        }

        boolean isWithdrawn() {
            return last == LedgerEntryType.WITHDRAWN;
        }

        /** Whether the request was open, and is to be open again. */
        boolean isOpen() {
            return about == NumberOf.REQUEST && !isErased() && !isWithdrawn();
        }

        boolean isUndecided() {
            return (direct() || guest()) && last == LedgerEntryType.INTENT;
        }
    }

    /** Takes an entry that the database has: later ones refer to it. */
    void know(LedgerEntry entry) {
        if (entry.subject() != null && entry.about() != NumberOf.ERASURE) {
            subjects.put(entry.number(), entry.subject());
        }
        if (entry.request() != null) {
            facts.put(entry.number(), entry.request());
        }
    }

    /** Takes an entry that the database lacks. */
    void lose(LedgerEntry entry) {
        know(entry);
        String subject = entry.subject() == null ? subjects.get(entry.number()) : entry.subject();
        if (subject == null || !entry.kind().equals(kind)) {
            return; // of a request from before there was a ledger, whose row the database has
        }
        entries++;
        if (entry.type() == LedgerEntryType.COMMITTED && entry.about() != NumberOf.GUEST && isOfAccount(entry)) {
            endedAccounts.putIfAbsent(subject, entries);
        }
        lost.merge(
                entry.number() + " " + (entry.about() == NumberOf.ERASURE ? subject : ""),
                new LostCase(
                        entry.number(),
                        entry.about(),
                        subject,
                        entry.type(),
                        entry.at(),
                        facts.get(entry.number()),
                        entry.hold(),
                        entries,
                        entries),
                LostHistory::later);
    }

    private boolean isOfAccount(LedgerEntry entry) {
        RequestFacts request = facts.get(entry.number());
        return request == null || request.flow() != AccountFlow.DELETE_DATA;
    }

    /** Which of the lost entries says first that the account of each keyed hash was erased. */
    Map<String, Integer> endedAccounts() {
        return endedAccounts;
    }

    /** An erasure that is committed stays so, whatever a worker that did not know it recorded afterwards. */
    private static LostCase later(LostCase before, LostCase now) {
        LedgerEntryType last = before.isErased() ? before.last() : now.last();
        int decided = before.isErased() ? before.decided() : now.decided();
        return new LostCase(
                now.number(),
                now.about(),
                now.subject(),
                last,
                before.at(),
                now.facts(),
                now.hold(),
                before.first(),
                decided);
    }

    /** In the order in which the ledger mentions them first. */
    Collection<LostCase> cases() {
        return lost.values();
    }
}

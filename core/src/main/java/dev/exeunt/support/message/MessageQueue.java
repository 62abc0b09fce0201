package dev.exeunt.support.message;

import dev.exeunt.HashKey;
import dev.exeunt.ProgressListener;
import dev.exeunt.WorkObserver;
import dev.exeunt.database.Database;
import dev.exeunt.internal.facade.CallContext;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.ledger.chain.LedgerCopy;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.map.DataMap;
import dev.exeunt.support.text.SpellingSuggestion;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the messages that wait to be sent, in the table exeunt.message. Any number of instances share it; each message is claimed by one
 * worker at a time. Each call is one transaction. No exception quotes an address.
 */
public final class MessageQueue {

    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

    /** Longer than the time limits of an attempt to send, together. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

    /** Two days in all. */
    private static final int ATTEMPTS = 30;

    private final LifecycleContext context;
    private final MessageSettings settings;

    private MessageQueue(LifecycleContext context, MessageSettings settings) {
        this.context = context;
        this.settings = settings;
    }

    /**
     * Opens the queue of a map's subjects. The map is proven first.
     *
     * @param clock as of the requests
     */
    public static MessageQueue open(Database database, Clock clock, DataMap map, MessageSettings settings) {
        CallContext calls = new CallContext(
                database,
                clock,
                ProgressListener.NONE,
                WorkObserver.NONE,
                LOCK_WAIT,
                null,
                FileStores.NONE,
                LedgerCopy.NONE);
        return new MessageQueue(calls.lifecycle(map), settings);
    }

    /**
     * Opens the one-time links of the same subjects.
     *
     * @param key encrypts and signs what they need
     */
    public OneTimeLinks links(HashKey key, LinkSettings links) {
        LifecycleContext keyed = new LifecycleContext(
                context.database(),
                context.clock(),
                context.progress(),
                context.observer(),
                context.lockWait(),
                key,
                context.files(),
                context.ledger(),
                context.flows());
        return new OneTimeLinks(keyed, settings, links);
    }

    /** Says what is wrong with the columns, each beginning with the setting's name: {@code column} or {@code language-column}. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        fault("column", settings.column(), faults);
        if (settings.languageColumn() != null) {
            fault("language-column", settings.languageColumn(), faults);
        }
        return faults;
    }

    private void fault(String setting, String name, List<String> faults) {
        Table table = context.subject().table();
        Optional<Column> column = table.column(name);
        if (column.isEmpty()) {
            faults.add(setting + " is \"" + name + "\": the subject's table "
                    + table.name().name()
                    + " has no such column." + SpellingSuggestion.hint(name, table.columnNames()) + " There are: "
                    + String.join(", ", table.columnNames()) + ".");
        } else if (!column.get().type().isText() && !column.get().type().isEnum()) {
            faults.add(setting + " is \"" + name + "\": the column holds no text but "
                    + column.get().type().display() + ". Name a column that holds text.");
        }
    }

    /** Writes the messages of open requests that have none yet, exports included. Call it before what is due is erased. */
    public void capture() {
        boolean more = true;
        while (more) {
            more = RequestTransaction.runAndCommit(
                    context,
                    "noting whom messages go to",
                    transaction -> new MessageCapture(transaction, settings).captureBatch());
        }
    }

    /**
     * Reads where a person can be reached, before a request changes their row.
     *
     * @param key as {@code AccountRequests} takes it
     * @return empty where no person has the key
     */
    public Optional<MessageRecipient> recipient(String key) {
        return RequestTransaction.runReadOnly(context, "looking for an address", transaction -> {
            SubjectFinder finder = new SubjectFinder(transaction.connection(), context.subject());
            SubjectFinder.NamedSubject named = finder.resolve(key);
            SubjectKey subject = named.key();
            return named.there()
                    ? Optional.of(new MessageCapture(transaction, settings).recipient(subject))
                    : Optional.empty();
        });
    }

    /**
     * Writes the messages of a request that was just made.
     *
     * @param recipient as read before the request
     * @param accepted the language of the person's call; null where it is not known
     */
    public void add(UUID request, MessageRecipient recipient, @Nullable String accepted) {
        String language = recipient.language() == null ? accepted : recipient.language();
        RequestTransaction.runAndCommit(context, "noting whom messages go to", transaction -> {
            new MessageCapture(transaction, settings).add(request, recipient.address(), language);
            return true;
        });
    }

    /** Drops messages that will never be sent, such as those of withdrawn requests, and forgets their addresses. */
    public void dropOver() {
        RequestTransaction.runAndCommit(
                context, "dropping messages", transaction -> new MessageTable(transaction).dropOver());
    }

    /** Claims the message that has waited longest, for some minutes; empty where none is due. */
    public Optional<OutgoingMessage> claim(String worker) {
        return RequestTransaction.runAndCommit(
                context, "claiming a message", transaction -> new MessageTable(transaction).claim(worker, LEASE));
    }

    /** Records that the mail server has taken the message, and forgets the address. */
    public void markSent(OutgoingMessage message) {
        RequestTransaction.runAndCommit(context, "recording a message as sent", transaction -> {
            new MessageTable(transaction).end(message, "sent", null);
            return true;
        });
    }

    /**
     * Records that an attempt failed. The message is tried again after a pause that grows, or, after the last attempt, dropped and its
     * address forgotten.
     *
     * @param failure a word or status code, never a text of the mail server
     * @param lasting whether another attempt would fail in the same way
     * @return whether the message was dropped
     */
    public boolean markFailed(OutgoingMessage message, String failure, boolean lasting) {
        boolean last = lasting || message.attempts() >= ATTEMPTS;
        RequestTransaction.runAndCommit(context, "recording that a message was not sent", transaction -> {
            MessageTable table = new MessageTable(transaction);
            if (last) {
                table.end(message, "dropped", failure);
            } else {
                table.putOff(message, transaction.now().plus(pause(message.attempts())), failure);
            }
            return true;
        });
        return last;
    }

    private static Duration pause(int attempts) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Forgets the addresses of all messages that wait, where messages are no longer sent. */
    public static void forgetAll(Database database) {
        Transaction.runAndCommit(database, "forgetting addresses", connection -> {
            TransactionSettings.apply(connection);
            return SqlRunner.update(connection, SqlFragment.of("""
                    UPDATE exeunt.message
                    SET state = 'dropped', address = NULL, over_at = exeunt.clock(), worker = NULL, worker_until = NULL
                    WHERE state = 'waiting'
                    """));
        });
    }
}

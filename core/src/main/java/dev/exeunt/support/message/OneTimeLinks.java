package dev.exeunt.support.message;

import dev.exeunt.database.Database;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.transaction.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps the one-time links of people who cannot sign in any more, in the table exeunt.one_time_link. A call only writes down what was
 * asked; a worker finds the person later, so that the call takes as long whether there is such a person or not. Any number of instances
 * share the table. Each call is one transaction. No exception quotes an identifier, a key or an address.
 */
public final class OneTimeLinks {

    /** How many characters an identifier may have. */
    public static final int LONGEST_IDENTIFIER = 320;

    /** Longer than the time limits of an attempt to send, together. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final int LONGEST_DOUBLING = 4;

    private final LifecycleContext context;
    private final MessageSettings messages;
    private final LinkSettings settings;
    private final LinkCipher cipher;

    /** @param context with a key */
    OneTimeLinks(LifecycleContext context, MessageSettings messages, LinkSettings settings) {
        this.context = context;
        this.messages = messages;
        this.settings = settings;
        this.cipher = new LinkCipher(context.requireKey(), context.kind());
    }

    /** Returns the columns of the identifiers that a person can give, in the map's order. */
    public List<String> kinds() {
        return context.subject().identifiers().stream().map(Column::name).toList();
    }

    /** Returns the languages that there are texts in. */
    public List<String> languages() {
        return messages.languages();
    }

    /** Returns how long a link works. */
    public Duration valid() {
        return settings.valid();
    }

    /**
     * Writes down that a link was asked for. The work is the same for every identifier.
     *
     * @return when to ask again, where too many calls came from the same network address or in all; else empty
     */
    public Optional<Instant> ask(LinkWish wish) {
        UUID id = UUID.randomUUID();
        String client = cipher.clientHash(wish.client());
        String asked = cipher.encrypt(id, wish);
        return RequestTransaction.runAndCommit(
                context,
                "noting that a link was asked for",
                transaction -> new LinkTable(transaction, settings).ask(id, client, asked));
    }

    /** Claims the wish that has waited longest, for some minutes; empty where none is due. */
    public Optional<ClaimedLink> claim(String worker) {
        return RequestTransaction.runAndCommit(
                context, "claiming a link", transaction -> new LinkTable(transaction, settings).claim(worker, LEASE));
    }

    /**
     * Finds the person of a claimed wish and makes the link, which works from this moment on. Where there is no such person, or the person
     * has no address or was sent enough links, the wish is over, in silence.
     */
    public Optional<OutgoingLink> make(ClaimedLink claimed) {
        return RequestTransaction.runAndCommit(context, "making a link", transaction -> {
            LinkTable table = new LinkTable(transaction, settings);
            Optional<OutgoingLink> made = made(transaction, table, claimed);
            if (made.isEmpty()) {
                table.drop(claimed);
            }
            return made;
        });
    }

    private Optional<OutgoingLink> made(RequestTransaction transaction, LinkTable table, ClaimedLink claimed)
            throws SQLException {
        Optional<LinkCipher.Asked> asked =
                table.readAsked(claimed).flatMap(encrypted -> cipher.asked(claimed.id(), encrypted));
        Optional<SubjectKey> found = asked.isEmpty()
                ? Optional.empty()
                : new LinkPerson(transaction)
                        .find(asked.get().kind(), asked.get().identifier());
        if (found.isEmpty() || !transaction.lockUnlessErased(found.get())) {
            return Optional.empty();
        }
        SubjectKey subject = found.get();
        MessageRecipient recipient = new MessageCapture(transaction, messages).recipient(subject);
        String address = recipient.address();
        String hash = cipher.hash(subject);
        if (address == null || table.hasEnough(claimed.id(), hash)) {
            return Optional.empty();
        }
        table.make(claimed.id(), cipher.encrypt(claimed.id(), subject), hash, cipher.addressHash(address));
        return Optional.of(new OutgoingLink(
                claimed.id(),
                Objects.requireNonNullElse(recipient.language(), asked.get().language()),
                address,
                cipher.token(claimed.id())));
    }

    /** Records that the mail server has taken the link, and forgets what was asked. */
    public void markSent(ClaimedLink claimed) {
        RequestTransaction.runAndCommit(context, "recording a link as sent", transaction -> {
            new LinkTable(transaction, settings).markSent(claimed);
            return true;
        });
    }

    /**
     * Records that an attempt failed. The link is tried again after a pause that grows, for an hour after it was asked for.
     *
     * @param lasting whether another attempt would fail in the same way
     * @return whether it was dropped
     */
    public boolean markFailed(ClaimedLink claimed, boolean lasting) {
        return RequestTransaction.runAndCommit(context, "recording that a link was not sent", transaction -> {
            LinkTable table = new LinkTable(transaction, settings);
            Instant again = transaction.now().plus(pause(claimed.attempts()));
            boolean over = lasting || again.isAfter(claimed.askedAt().plus(LinkSettings.PATIENCE));
            if (over) {
                table.drop(claimed);
            } else {
                table.putOff(claimed, again);
            }
            return over;
        });
    }

    private static Duration pause(int attempts) {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, LONGEST_DOUBLING));
    }

    /**
     * Tells whom a link lets in. Changes nothing: the caller marks the link as used.
     *
     * @return empty where the text is no link, has expired, is followed by a newer one of the person, or the person's address on record is
     *     not the one any more that the link was sent to
     */
    public Optional<OpenedLink> open(String token) {
        return cipher.id(token)
                .flatMap(id -> RequestTransaction.runReadOnly(
                        context, "reading a link", transaction -> opened(transaction, id)));
    }

    private Optional<OpenedLink> opened(RequestTransaction transaction, UUID id) throws SQLException {
        Optional<LinkTable.StoredLink> stored = new LinkTable(transaction, settings).open(id);
        Optional<SubjectKey> person = stored.flatMap(link -> cipher.person(id, link.person()));
        if (person.isEmpty()
                || !cipher.hash(person.get()).equals(stored.get().subject())
                || !isOnRecord(transaction, person.get(), stored.get().address())) {
            return Optional.empty();
        }
        Instant madeAt = stored.get().madeAt();
        return Optional.of(new OpenedLink(id, person.get().text(), madeAt, madeAt.plus(settings.valid())));
    }

    private boolean isOnRecord(RequestTransaction transaction, SubjectKey subject, String hash) throws SQLException {
        String address =
                new MessageCapture(transaction, messages).recipient(subject).address();
        return address != null && cipher.addressHash(address).equals(hash);
    }

    /** Forgets people and what they asked once it is over, and deletes old rows. */
    public void sweep() {
        RequestTransaction.runAndCommit(context, "sweeping links", transaction -> {
            new LinkTable(transaction, settings).sweep();
            return true;
        });
    }

    /** Deletes everything, where links are no longer sent. */
    public static void forgetAll(Database database) {
        Transaction.runAndCommit(database, "forgetting links", connection -> {
            TransactionSettings.apply(connection);
            return SqlRunner.update(connection, SqlFragment.of("DELETE FROM exeunt.one_time_link"));
        });
    }
}

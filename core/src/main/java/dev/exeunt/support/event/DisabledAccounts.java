package dev.exeunt.support.event;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.DataMap;
import dev.exeunt.support.security.ContentCipher;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Remembers the accounts at identity providers that Exeunt has disabled, so that it enables these again and no others. Each call is one
 * transaction. Ids of accounts are stored encrypted, and no exception quotes one.
 */
public final class DisabledAccounts {

    private static final String PURPOSE = "disabled accounts";

    /** A request that hides the account, or one whose erasure is about to start, is in force for the person of the event. */
    private static final String WANTED = """
            SELECT FROM exeunt.outbox AS o
            JOIN exeunt.request AS told ON told.id = o.request
            JOIN exeunt.request AS r ON r.subject = told.subject AND r.subject_kind = told.subject_kind
            WHERE o.id = :event AND r.state IN {open} AND r.withdrawn_at IS NULL
                AND (r.kind = 'deactivate' OR r.starting_at IS NOT NULL)
            """;

    private static final String FIND = """
            SELECT a.account, a.content, a.person FROM exeunt.disabled_account AS a JOIN exeunt.delivery AS d ON d.system = a.system AND d.person = a.person
            WHERE d.event = :event AND d.system = :system ORDER BY a.account
            """;

    private static final String SHARED = """
            SELECT FROM exeunt.disabled_account AS other
            WHERE other.system = :system AND other.account IN {accounts} AND other.person <> pg_catalog.decode(:person, 'hex')
            """;

    private static final String REMEMBER = """
            INSERT INTO exeunt.disabled_account (system, person, account, content, disabled_at)
            SELECT d.system, d.person, pg_catalog.decode(:account, 'hex'), pg_catalog.decode(:content, 'hex'), :now FROM exeunt.delivery AS d
            WHERE d.event = :event AND d.system = :system AND (:enabled OR EXISTS (
                SELECT FROM exeunt.disabled_account AS a WHERE a.system = d.system AND a.account IN {accounts}))
            ON CONFLICT DO NOTHING
            """;

    private static final String IS_OURS = """
            SELECT FROM exeunt.disabled_account WHERE system = :system AND account IN {accounts}
            """;

    private static final String FORGET = """
            DELETE FROM exeunt.disabled_account AS a USING exeunt.delivery AS d
            WHERE d.event = :event AND d.system = :system AND a.system = d.system AND a.person = d.person
                AND a.account IN {accounts}
            """;

    private static final String ACCOUNTS = """
            (SELECT pg_catalog.decode(h, 'hex') FROM pg_catalog.unnest(:hashes::pg_catalog.text[]) AS h)""";

    private final ProvenContext context;
    private final HashKey key;
    private final ContentCipher cipher;

    private DisabledAccounts(ProvenContext context, HashKey key) {
        this.context = context;
        this.key = key;
        this.cipher = new ContentCipher(key, PURPOSE);
    }

    /** Opens the record of an installation. The map is proven when it is first needed. */
    public static DisabledAccounts open(Database database, Clock clock, HashKey key, DataMap map) {
        return new DisabledAccounts(new ProvenContext(database, clock, key, map), key);
    }

    /**
     * Holds an account that Exeunt has disabled.
     *
     * @param shared whether another person's request wants it disabled, too
     */
    public record DisabledAccount(String id, boolean shared) {
        @Override
        public String toString() {
            return "DisabledAccount[hidden]";
        }
    }

    /**
     * Says whether the accounts of the event's person have to be disabled now: a request to deactivate is in force, or an erasure of the
     * account is about to start. It is asked when the event is delivered, so an event that comes late changes nothing.
     */
    public boolean isWanted(OutgoingEvent event) {
        SqlFragment select = SqlTemplate.of(WANTED)
                .fragment("open", RequestRow.OPEN)
                .bind("event", event.id())
                .toFragment();
        return RequestTransaction.runReadOnly(
                context.get(),
                "looking for requests of a person",
                transaction -> SqlRunner.exists(transaction.connection(), select));
    }

    /** Returns the accounts of the event's person that Exeunt has disabled in the event's system. */
    public List<DisabledAccount> find(OutgoingEvent event) {
        SqlFragment select = SqlTemplate.of(FIND)
                .bind("event", event.id())
                .bind("system", event.system())
                .toFragment();
        return RequestTransaction.runReadOnly(context.get(), "looking for disabled accounts", transaction -> {
            List<DisabledAccount> accounts = new ArrayList<>();
            for (StoredAccount stored : SqlRunner.list(transaction.connection(), select, this::read)) {
                SqlFragment shared = SqlTemplate.of(SHARED)
                        .fragment("accounts", accounts(event.system(), stored.id()))
                        .bind("system", event.system())
                        .bind("person", hex(stored.person()))
                        .toFragment();
                boolean isShared = SqlRunner.exists(transaction.connection(), shared);
                accounts.add(new DisabledAccount(stored.id(), isShared));
            }
            return accounts.stream().distinct().toList();
        });
    }

    /**
     * Records that Exeunt is about to disable an account. Call it before the provider is called.
     *
     * @param enabled whether the account is enabled at the provider now
     * @return false where others have disabled the account, which Exeunt then must not enable
     */
    public boolean remember(OutgoingEvent event, String account, boolean enabled) {
        byte[] hash = hash(key, event.system(), account);
        SqlFragment accounts = accounts(event.system(), account);
        return RequestTransaction.runAndCommit(context.get(), "recording a disabled account", transaction -> {
            SqlRunner.update(
                    transaction.connection(),
                    SqlTemplate.of(REMEMBER)
                            .fragment("accounts", accounts)
                            .bind("account", hex(hash))
                            .bind("content", hex(cipher.encrypt(account.getBytes(StandardCharsets.UTF_8), hash)))
                            .bind("now", transaction.now())
                            .bind("event", event.id())
                            .bind("system", event.system())
                            .bind("enabled", enabled)
                            .toFragment());
            return SqlRunner.exists(
                    transaction.connection(),
                    SqlTemplate.of(IS_OURS)
                            .fragment("accounts", accounts)
                            .bind("system", event.system())
                            .toFragment());
        });
    }

    /** Forgets an account of the event's person. Call it after the provider has enabled or removed the account. */
    public void forget(OutgoingEvent event, String account) {
        SqlFragment delete = SqlTemplate.of(FORGET)
                .bind("event", event.id())
                .bind("system", event.system())
                .fragment("accounts", accounts(event.system(), account))
                .toFragment();
        RequestTransaction.runAndCommit(
                context.get(),
                "forgetting a disabled account",
                transaction -> SqlRunner.update(transaction.connection(), delete));
    }

    private record StoredAccount(String id, byte[] person) {}

    private StoredAccount read(ResultSet row) throws SQLException {
        byte[] id = cipher.decrypt(row.getBytes("content"), row.getBytes("account"))
                .orElseThrow(() -> new ExeuntException("A disabled account was recorded under another EXEUNT_KEY."
                        + " Give that key in EXEUNT_FORMER_KEYS."));
        return new StoredAccount(new String(id, StandardCharsets.UTF_8), row.getBytes("person"));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The account under each key that it may have been recorded under. */
    private SqlFragment accounts(String system, String account) {
        return SqlTemplate.of(ACCOUNTS)
                .bind(
                        "hashes",
                        key.all().stream()
                                .map(k -> hex(hash(k, system, account)))
                                .toArray(String[]::new))
                .toFragment();
    }

    private static byte[] hash(HashKey by, String system, String account) {
        return by.sign(PURPOSE + " of " + system.length() + " " + system, account.getBytes(StandardCharsets.UTF_8));
    }
}

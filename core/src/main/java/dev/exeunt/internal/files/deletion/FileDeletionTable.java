package dev.exeunt.internal.files.deletion;

import dev.exeunt.HashKey;
import dev.exeunt.erase.Receipt.FileReceipt;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.support.security.ContentCipher;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of files that wait to be deleted. Names are encrypted, and deleted with the file. */
final class FileDeletionTable {

    private static final String INSERT = """
            INSERT INTO exeunt.file_deletion (erasure, store, name_hash, name, try_at)
            SELECT :erasure, w.store, pg_catalog.decode(w.hash, 'hex'), pg_catalog.decode(w.name, 'hex'), :now
            FROM ROWS FROM (pg_catalog.unnest(:stores::pg_catalog.text[]), pg_catalog.unnest(:hashes::pg_catalog.text[]),
                pg_catalog.unnest(:names::pg_catalog.text[])) AS w(store, hash, name)
            ON CONFLICT DO NOTHING""";

    private static final String CLAIM = """
            SELECT erasure, store, encode(name_hash, 'hex') AS hash, name FROM exeunt.file_deletion
            WHERE try_at <= :now AND (:only::uuid IS NULL OR erasure = :only)
            ORDER BY try_at, erasure, store LIMIT :most FOR UPDATE SKIP LOCKED""";

    private static final String SETTLE = """
            WITH settled AS (
                DELETE FROM exeunt.file_deletion AS d USING unnest(:erasures::uuid[], :hashes::text[]) AS w(erasure, hash)
                WHERE d.erasure = w.erasure AND d.name_hash = decode(w.hash, 'hex') RETURNING d.erasure)
            UPDATE exeunt.file_erasure AS f SET {column} = {column} + s.files
            FROM (SELECT erasure, count(*) AS files FROM settled GROUP BY erasure) AS s WHERE f.erasure = s.erasure""";

    private static final String PUT_OFF = """
            UPDATE exeunt.file_deletion AS d
            SET attempts = attempts + 1, try_at = :now + make_interval(mins => 1 << least(attempts, 6))
            FROM unnest(:erasures::uuid[], :hashes::text[]) AS w(erasure, hash)
            WHERE d.erasure = w.erasure AND d.name_hash = decode(w.hash, 'hex')""";

    private static final String COUNTS = """
            SELECT deleted, in_use, missing, refused,
                (SELECT pg_catalog.count(*) FROM exeunt.file_deletion AS d
                    WHERE d.erasure OPERATOR(pg_catalog.=) f.erasure) AS waiting
            FROM exeunt.file_erasure AS f WHERE f.erasure OPERATOR(pg_catalog.=) :erasure""";

    private final Connection connection;
    private final HashKey key;
    private final ContentCipher cipher;

    FileDeletionTable(Connection connection, HashKey key) {
        this.connection = connection;
        this.key = key;
        this.cipher = new ContentCipher(key, "names of files");
    }

    /** Says whether the table is there. */
    static boolean inUse(Connection connection) throws SQLException {
        return SqlRunner.isTrue(
                connection, SqlFragment.of("SELECT pg_catalog.to_regclass('exeunt.file_deletion') IS NOT NULL"));
    }

    /** Says whether requests may have hidden rows: their tables are there. */
    static boolean rowsMayBeHidden(Connection connection) throws SQLException {
        return SqlRunner.isTrue(
                connection, SqlFragment.of("SELECT pg_catalog.to_regclass('exeunt.hidden') IS NOT NULL"));
    }

    /**
     * A file that waits.
     *
     * @param file null where its name was encrypted with another key
     */
    record WaitingFile(
            UUID erasure,
            String store,
            String hash,
            @Nullable NamedFile file) {}

    /** Says what became of a file that waited. */
    enum FileOutcome {
        DELETED("deleted"),
        IN_USE("in_use"),
        MISSING("missing"),
        REFUSED("refused"),
        /** stays, and is tried again */
        WAITING("");

        private final String column;

        FileOutcome(String column) {
            this.column = column;
        }
    }

    void begin(UUID erasure, Instant now) throws SQLException {
        SqlRunner.update(
                connection,
                SqlTemplate.of("INSERT INTO exeunt.file_erasure (erasure, recorded_at) VALUES (:erasure, :now)")
                        .bind("erasure", erasure)
                        .bind("now", now)
                        .toFragment());
    }

    /** Each file once for an erasure. */
    void add(UUID erasure, Collection<NamedFile> files, Instant now) throws SQLException {
        SqlFragment insert = SqlTemplate.of(INSERT)
                .bind("erasure", erasure)
                .bind("now", now)
                .bind("stores", texts(files.stream().map(NamedFile::store)))
                .bind("hashes", texts(files.stream().map(f -> hex(hash(f)))))
                .bind("names", texts(files.stream().map(f -> hex(encrypted(f, erasure)))))
                .toFragment();
        SqlRunner.update(connection, insert);
    }

    private static String[] texts(Stream<String> texts) {
        return texts.toArray(String[]::new);
    }

    private byte[] hash(NamedFile file) {
        return key.sign("names of files", (file.store() + "\n" + file.name()).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] encrypted(NamedFile file, UUID erasure) {
        return cipher.encrypt(file.name().getBytes(StandardCharsets.UTF_8), ContentCipher.place(erasure));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Locks files that are due and that no other worker has locked. */
    List<WaitingFile> claim(Instant now, @Nullable UUID only, int most) throws SQLException {
        SqlFragment select = SqlTemplate.of(CLAIM)
                .bind("now", now)
                .bind("only", only)
                .bind("most", most)
                .toFragment();
        return SqlRunner.list(connection, select, row -> {
            UUID erasure = row.getObject("erasure", UUID.class);
            String store = row.getString("store");
            NamedFile file = cipher.decrypt(row.getBytes("name"), ContentCipher.place(erasure))
                    .map(name -> new NamedFile(store, new String(name, StandardCharsets.UTF_8)))
                    .orElse(null);
            return new WaitingFile(erasure, store, row.getString("hash"), file);
        });
    }

    /** Forgets the files and counts what became of them. */
    void settle(List<WaitingFile> files, FileOutcome outcome) throws SQLException {
        if (!files.isEmpty()) {
            SqlRunner.update(
                    connection,
                    listed(SETTLE, files).identifier("column", outcome.column).toFragment());
        }
    }

    /** Tries the files again later, each time after a longer pause. */
    void putOff(List<WaitingFile> files, Instant now) throws SQLException {
        if (!files.isEmpty()) {
            SqlRunner.update(connection, listed(PUT_OFF, files).bind("now", now).toFragment());
        }
    }

    /** Locks the counts of the files' erasures, always in the same order: two workers never wait for each other in a circle. */
    void lockCounts(List<WaitingFile> files) throws SQLException {
        SqlRunner.call(
                connection,
                SqlTemplate.of(
                                "SELECT FROM exeunt.file_erasure WHERE erasure = ANY (:erasures) ORDER BY erasure FOR UPDATE")
                        .bind(
                                "erasures",
                                files.stream()
                                        .map(WaitingFile::erasure)
                                        .distinct()
                                        .toList())
                        .toFragment());
    }

    private static SqlTemplate listed(String sql, List<WaitingFile> files) {
        return SqlTemplate.of(sql)
                .bind("erasures", texts(files.stream().map(f -> f.erasure().toString())))
                .bind("hashes", texts(files.stream().map(WaitingFile::hash)));
    }

    /** Counts values that are no names of files. */
    void refused(UUID erasure, long more) throws SQLException {
        SqlRunner.update(
                connection,
                SqlTemplate.of("""
                                UPDATE exeunt.file_erasure SET refused = refused OPERATOR(pg_catalog.+) :more
                                WHERE erasure OPERATOR(pg_catalog.=) :erasure""").bind("more", more).bind("erasure", erasure).toFragment());
    }

    Optional<FileReceipt> counts(UUID erasure) throws SQLException {
        return SqlRunner.first(
                connection,
                SqlTemplate.of(COUNTS).bind("erasure", erasure).toFragment(),
                row -> new FileReceipt(
                        row.getLong("deleted"),
                        row.getLong("in_use"),
                        row.getLong("missing"),
                        row.getLong("refused"),
                        row.getLong("waiting")));
    }
}

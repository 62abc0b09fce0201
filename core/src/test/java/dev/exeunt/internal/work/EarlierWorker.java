package dev.exeunt.internal.work;

import dev.exeunt.HashKey;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.support.security.SigningKey;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends what a worker of commit 60ede8b sends: the statements recorded in {@code worker-60ede8b.sql}, in a session that was opened before
 * the tables were migrated. The caller commits.
 */
final class EarlierWorker implements AutoCloseable {

    static final String NAME = "earlier/1";

    private static final HashKey KEY = GuildTestApplication.KEY;
    private static final Pattern STATEMENT = Pattern.compile("(?m)^-- ([a-z ]+) \\(.*\\)$");
    private static final Map<String, String> STATEMENTS = statements();

    private final Connection connection;

    EarlierWorker(TestDatabase database) throws SQLException {
        this.connection = database.connection();
        connection.setAutoCommit(false);
    }

    private static Map<String, String> statements() {
        Map<String, String> statements = new TreeMap<>();
        String[] texts = STATEMENT.split(text());
        Matcher names = STATEMENT.matcher(text());
        for (int i = 1; names.find(); i++) {
            statements.put(names.group(1), texts[i].strip().replaceFirst(";$", ""));
        }
        return statements;
    }

    private static String text() {
        try (InputStream in = EarlierWorker.class.getResourceAsStream("worker-60ede8b.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A request that this worker has claimed. */
    record Claim(String request, String subject, String fence) {}

    /** The requests that are due now, at most so many. */
    List<Claim> claim(Instant now, int most) throws SQLException {
        String at = now.toString();
        List<Claim> claims = new ArrayList<>();
        String until = now.plus(Duration.ofMinutes(10)).toString();
        try (PreparedStatement statement = prepare(
                        "claim",
                        at,
                        new String[] {"scheduled", "blocked"},
                        at,
                        new String[] {"erasing"},
                        at,
                        Integer.toString(most),
                        at,
                        NAME,
                        until);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String[] subject = (String[]) row.getArray("subject").getArray();
                claims.add(new Claim(row.getString("id"), subject[0], row.getString("fence")));
            }
        }
        for (Claim claim : claims) {
            update("events", "user.erasure_started", at, "exeunt", new String[] {claim.request()});
        }
        return claims;
    }

    /** Whether the request is this worker's still. */
    boolean holds(Claim claim) throws SQLException {
        return query("hold", new String[] {claim.request()}, new String[] {claim.fence()}, NAME)
                .equals("1");
    }

    /** What follows when the rows of the person are erased. */
    void finish(Claim claim, Instant now) throws SQLException {
        String[] request = {claim.request()};
        String[] person = {claim.subject()};
        update("forget hidden", (Object) request);
        int erased = update("erased", "erased", "{}", now.toString(), request, new String[] {"erasing"});
        if (erased != 1) {
            throw new IllegalStateException(erased + " requests were changed");
        }
        update("events", "user.erased", now.toString(), "exeunt", request);
        update("end exports", now.toString(), person);
        update("forget", (Object) person);
        update("fence", KEY.id(), now.toString(), "true", new String[] {hash(claim.subject())});
    }

    /** As the earlier program hashed a person's key; {@code HashKeyTest} holds that to be the same today. */
    static String hash(String person) {
        return HexFormat.of().formatHex(KEY.hash(SubjectKind.PERSON.text(), new SubjectKey(List.of(person)).parts()));
    }

    /** As the earlier program hashed what a person calls with; {@code HashKeyTest} holds that to be the same today. */
    static String signed(String purpose, String text) {
        return HexFormat.of().formatHex(new SigningKey(KEY, purpose).sign(text.getBytes(StandardCharsets.UTF_8)));
    }

    int update(String name, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(name, values)) {
            return statement.executeUpdate();
        }
    }

    /** The first column of the first row as text; null where there is no row. */
    String query(String name, Object... values) throws SQLException {
        List<String> rows = list(name, values);
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** The first column of each row as text. */
    List<String> list(String name, Object... values) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = prepare(name, values);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private PreparedStatement prepare(String name, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(STATEMENTS.get(name));
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof String[] texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            } else {
                statement.setString(i + 1, (String) values[i]);
            }
        }
        return statement;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollBack() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

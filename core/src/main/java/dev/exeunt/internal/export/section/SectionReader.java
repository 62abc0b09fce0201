package dev.exeunt.internal.export.section;

import dev.exeunt.ExeuntException;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.transaction.TransactionEnd;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLState;

/** Streams one section's rows out of the database, as often as asked, within the open transaction. */
public final class SectionReader {

    /** {@code program_limit_exceeded}: no value of PostgreSQL's is over 1 GB. */
    private static final String TOO_LARGE = "54000";

    private final Connection connection;
    private final CopySql sql;

    public SectionReader(Connection connection, CopySql sql) {
        this.connection = connection;
        this.sql = sql;
    }

    public String name() {
        return sql.name();
    }

    /** Reads the rows as JSON objects. @return rows */
    public long json(JsonRowSink sink) throws IOException {
        return copy(sql.json(), copy -> new JsonCopyReader(copy).readInto(sink));
    }

    /** A header and a line for each row. @return rows */
    public long csv(OutputStream out) throws IOException {
        return copy(sql.csv(), copy -> {
            out.write(sql.header().getBytes(StandardCharsets.UTF_8));
            for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
                if (!sql.guard().write(line, out)) {
                    throw new SQLException(
                            "PostgreSQL sent a row of a CSV in another form", PSQLState.PROTOCOL_VIOLATION.getState());
                }
            }
            return copy.getHandledRowCount();
        });
    }

    /** The files that stand for binary values, each once. */
    public void files(FileConsumer consumer) throws IOException {
        for (String statement : sql.files()) {
            copy(statement, copy -> new FileCopyReader(copy).writeTo(consumer));
        }
    }

    private long copy(String statement, CopyConsumer reading) throws IOException {
        try {
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
            try {
                long rows = reading.read(copy);
                sameRows(rows, copy.getHandledRowCount());
                return rows;
            } finally {
                if (copy.isActive()) {
                    TransactionEnd.sever(
                            connection); // to cancel the copy is not enough: the driver would leave an answer unread
                }
            }
        } catch (SQLException e) {
            throw TOO_LARGE.equals(e.getSQLState()) ? tooLarge() : DatabaseException.of(e, "exporting " + sql.name());
        } catch (OutOfMemoryError e) {
            throw tooLarge();
        }
    }

    /** The two must be equal within one snapshot. */
    public void sameRows(long rows, long others) {
        if (rows != others) {
            throw new ExeuntException("The export of " + sql.name() + " counted " + rows + " rows and then " + others
                    + " in one snapshot. Nothing was kept; please report this.");
        }
    }

    private ExeuntException tooLarge() {
        return new ExeuntException("A row of " + sql.table()
                + " is too large to be exported in one piece. A ZIP has values over 8 MB as files of their own, and a JSON"
                + " document has not. Otherwise give the program more memory (-Xmx; a row takes up to 1 GB), or leave the"
                + " large column out with `export: { except: [COLUMN] }`.");
    }

    /** Reads the rows of a COPY and returns their number. */
    private interface CopyConsumer {
        long read(CopyOut copy) throws SQLException, IOException;
    }
}

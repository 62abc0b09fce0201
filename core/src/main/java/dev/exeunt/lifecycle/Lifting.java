package dev.exeunt.lifecycle;

import dev.exeunt.erase.hide.Restorer;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.SchemaReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/** Hidden data is the person's to have until it is erased: put back within a transaction that is rolled back. */
public final class Lifting {

    private Lifting() {}

    /** Whether anything of the person may be hidden. */
    public static boolean needed(Connection connection, SubjectKey subject) throws SQLException {
        return Requests.inUse(connection) && !open(connection, subject).isEmpty();
    }

    /** In the caller's transaction, which must not be committed. */
    public static void lift(Connection connection, SubjectKey subject) throws SQLException {
        DatabaseSchema schema = SchemaReader.read(connection);
        for (Request request : open(connection, subject)) {
            new Restorer(connection, schema, request.id()).all();
        }
    }

    private static List<Request> open(Connection connection, SubjectKey subject) throws SQLException {
        return new Requests(connection)
                .of(subject).stream()
                        .filter(r -> r.state().isOpen())
                        .sorted(Comparator.comparing(Request::requestedAt)
                                .thenComparing(Request::flow)
                                .reversed())
                        .toList();
    }
}

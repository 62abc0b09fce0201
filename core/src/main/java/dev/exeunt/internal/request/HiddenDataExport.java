package dev.exeunt.internal.request;

import dev.exeunt.internal.export.Exporter;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.export.section.ExportSections;
import dev.exeunt.internal.hide.RowRestorer;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.CustomSettings;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.request.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Builds an exporter that also exports the person's hidden rows. */
public final class HiddenDataExport {

    private HiddenDataExport() {}

    /** Makes an exporter of the connection find hidden rows, too, and add what the person has asked for so far. */
    public static Exporter including(Exporter exporter, Connection connection, Plan plan, SubjectKey subject)
            throws SQLException {
        TransactionSettings.apply(connection);
        boolean inUse = RequestTable.inUse(connection);
        boolean hidden =
                inUse && !open(connection, plan.subject().kind(), subject).isEmpty();
        connection.rollback();
        if (inUse) {
            exporter.withSection(RequestHistorySection.of(plan.subject().kind(), subject));
        }
        return hidden ? exporter.withPreparation(c -> lift(c, plan, subject)) : exporter;
    }

    /** The names of all sections that such an exporter can write, in their order. */
    public static List<String> sectionNames(Plan plan) {
        List<ExportSection> sections = ExportSections.of(plan);
        String history = RequestHistorySection.of(plan.subject().kind(), new SubjectKey(List.of("")))
                .besides(sections)
                .name();
        return Stream.concat(sections.stream().map(ExportSection::name), Stream.of(history))
                .toList();
    }

    private static void lift(Connection connection, Plan plan, SubjectKey subject) throws SQLException {
        CustomSettings.apply(connection, plan.map().settings());
        lift(connection, plan.subject().kind(), subject);
    }

    /** In the caller's transaction, which must not be committed. */
    public static void lift(Connection connection, SubjectKind kind, SubjectKey subject) throws SQLException {
        DatabaseSchema schema = SchemaReader.read(connection);
        for (Request request : open(connection, kind, subject)) {
            new RowRestorer(connection, schema, request.id()).restoreAndForget();
        }
    }

    private static List<Request> open(Connection connection, SubjectKind kind, SubjectKey subject) throws SQLException {
        return new RequestTable(connection, kind)
                .findBySubject(subject).stream()
                        .filter(r -> r.state().isOpen())
                        .sorted(RequestHiding.ORDER.reversed())
                        .toList();
    }
}

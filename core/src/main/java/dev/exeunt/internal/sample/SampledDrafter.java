package dev.exeunt.internal.sample;

import dev.exeunt.ProgressListener;
import dev.exeunt.internal.draft.DraftProposal;
import dev.exeunt.internal.draft.MapDrafter;
import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.SampledReference;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.IdentifierUniqueness;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.MapDraft;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Drafts a first map from a schema and from sampled rows. Where values refer to people although no foreign key and no name says so, the
 * draft has a link. What a link cannot reach yet, such as a member of a JSON document, is named in a comment.
 */
public final class SampledDrafter {

    private final Connection connection;
    private final DatabaseSchema schema;
    private final TableName subject;
    private final ProgressListener progress;

    public SampledDrafter(Connection connection, DatabaseSchema schema, TableName subject, ProgressListener progress) {
        this.connection = connection;
        this.schema = schema;
        this.subject = subject;
        this.progress = progress;
    }

    /** Samples the rows for what the draft from the schema alone does not cover. The transaction only reads from now on. */
    public MapDraft draft(DataSampling sampling) throws SQLException {
        MapDraft first = MapDrafter.draft(schema, subject);
        List<String> notes = new ArrayList<>();
        DataCheck sampled = new DataCheck(connection, MapReader.read(first.yaml(), "draft"), schema, progress);
        List<SampledReference> references = sampled.references(sampling, notes);
        DraftModel model = new DraftModel(schema, subject);
        references.stream().filter(SampledDrafter::isLink).forEach(r -> link(model, r));
        DraftProposal proposal = DraftProposal.on(model);
        sampled.countLinks(proposal.model(), sampling, notes);
        MapDraft second = MapDrafter.write(
                proposal, references.stream().filter(r -> !isLink(r)).toList());
        return new MapDraft(
                second.yaml(), second.summary(), notes.stream().distinct().toList());
    }

    /** A number of which only the values say that it is a key is left to a person to judge. */
    private static boolean isLink(SampledReference reference) {
        return reference.whole() && !reference.guess();
    }

    private void link(DraftModel model, SampledReference reference) {
        String column = reference.column().name();
        Column identifier = reference.identifier();
        Table people = model.subject().table();
        DraftLink link = identifier == null
                ? new DraftLink.DraftDirectLink(List.of(column), null, null)
                : new DraftLink.DraftIdentifierLink(
                        identifier.name(), column, IdentifierUniqueness.isProven(people, identifier));
        model.require(reference.table())
                .add(link, model.relation(model.require(reference.table()).table(), List.of(column)));
    }
}

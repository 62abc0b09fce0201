package dev.exeunt.internal.value;

import dev.exeunt.PersonWithoutAccount;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.Residue;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.due.ErasureIntent;
import dev.exeunt.internal.erase.Eraser;
import dev.exeunt.internal.erase.ErasurePreviewReader;
import dev.exeunt.internal.export.Exporter;
import dev.exeunt.internal.files.deletion.DirectFileDeletion;
import dev.exeunt.internal.files.deletion.ErasedFiles;
import dev.exeunt.internal.files.deletion.FileDeletions;
import dev.exeunt.internal.ledger.chain.LedgerSubject;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.postgres.TransactionWork;
import dev.exeunt.internal.reach.FormerIdentifier;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.ValueHolder;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.retention.KeptRowRecord;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.internal.transaction.LockHolderWatch;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.internal.verify.ResidueScan;
import dev.exeunt.map.ExportSettings.BundleFormat;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Carries out the requests of a person without an account by the value that the person's rows hold. */
public final class ValueRequestService implements PersonWithoutAccount {

    private final LifecycleContext context;
    private final Plan plan;
    private final String identifier;
    private final String value;

    /** @param identifier the name of the identifier that the value is one of */
    public ValueRequestService(LifecycleContext context, String identifier, String value) {
        this(context, context.plan(), identifier, value);
    }

    /** @param plan the context's, or one that is limited to some of its rows */
    public ValueRequestService(LifecycleContext context, Plan plan, String identifier, String value) {
        this.context = context;
        this.plan = plan;
        this.identifier = identifier;
        this.value = value;
    }

    @Override
    public ErasurePreview preview() {
        return reading(connection -> ErasurePreviewReader.read(
                connection, plan, people(holder(connection)), context.clock().instant()));
    }

    @Override
    public ExportSummary export(Path target, BundleFormat format) {
        return export((exporter, holder) -> exporter.exportTo(target, holder.subject(), format));
    }

    @Override
    public ExportSummary export(OutputStream out, BundleFormat format) {
        return export((exporter, holder) -> exporter.export(holder.subject(), format, out));
    }

    private ExportSummary export(BiFunction<Exporter, FormerIdentifier, ExportSummary> writing) {
        return reading(connection -> {
            FormerIdentifier holder = holder(connection);
            connection.rollback();
            Exporter exporter = new Exporter(connection, plan, context.clock(), context.progress())
                    .withFiles(context.files())
                    .withErasedPeople(context.erasedPeople())
                    .withValue(holder);
            return writing.apply(exporter, holder);
        });
    }

    @Override
    public Receipt erase(Consumer<Receipt> beforeCommit) {
        context.files().require(context.map().fileStores());
        ErasedFiles files = new ErasedFiles(context.key(), List.of());
        ErasureIntent.IntentConditions recording = new ErasureIntent.IntentConditions(
                context.database(), context.ledger(), context.key(), plan.subject(), context.clock());
        Receipt erased = ErasureIntent.around(
                recording,
                connection -> List.of(named(holder(connection))),
                intent -> LockHolderWatch.runAndCommit(
                        context.database(), "erasing", connection -> erase(connection, files, intent, beforeCommit)));
        return new DirectFileDeletion(
                        context.database(),
                        new FileDeletions(plan, context.files(), context.observer()),
                        context.key(),
                        context.clock())
                .after(erased, files);
    }

    private LedgerSubject named(FormerIdentifier holder) {
        return LedgerSubject.guest(context.kind(), holder.identifier().name(), holder.value());
    }

    private Receipt erase(
            Connection connection, ErasedFiles files, ErasureIntent intent, Consumer<Receipt> beforeCommit)
            throws SQLException {
        ExternalSystemsCheck.requireNone(plan.map());
        FormerIdentifier holder = holder(connection);
        KeptRowRecord.require(connection, plan);
        Receipt receipt = new Eraser(connection, plan, context.clock(), context.progress())
                .withErasedPeople(context.erasedPeople())
                .withFormerIdentifiers(List.of(holder))
                .withFiles(files)
                .erase(List.of(), context.lockWait())
                .signedBy(context.key());
        if (receipt.tables().stream().flatMap(t -> t.roles().stream()).allMatch(r -> r.reached() == 0)) {
            throw new UnknownSubjectException("No row that the map reaches holds this " + identifier + ".");
        }
        intent.committed(connection, List.of(named(holder)));
        SearchPath.toRole(connection); // deferred triggers of the application run when this commits
        beforeCommit.accept(receipt);
        return receipt;
    }

    @Override
    public Residue verify(List<String> values) {
        return Transaction.runInSnapshot(context.database(), "looking for what is left", connection -> {
            FormerIdentifier holder = holder(connection);
            return new ResidueScan(connection, plan, SchemaReader.read(connection), context.progress())
                    .withErasedPeople(context.erasedPeople())
                    .scan(holder, value, values);
        });
    }

    private FormerIdentifier holder(Connection connection) throws SQLException {
        return new ValueHolder(connection, plan, context.erasedPeople()).find(identifier, value);
    }

    private LeavingPeople people(FormerIdentifier holder) {
        return new LeavingPeople(List.of(), context.erasedPeople(), List.of(holder));
    }

    private <T> T reading(TransactionWork<T> work) {
        return Transaction.runAndRollBack(context.database(), "reading", connection -> {
            TransactionSettings.apply(connection);
            return work.run(connection);
        });
    }
}

package dev.exeunt.internal.facade;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.PersonWithoutAccount;
import dev.exeunt.RowEnforcement;
import dev.exeunt.archive.Archives;
import dev.exeunt.erase.ErasurePlan;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.ErasurePreview.PersonWarning;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.ReceiptKeys;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.Residue;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.delivery.ExportJobService;
import dev.exeunt.internal.due.DirectErasureService;
import dev.exeunt.internal.enforce.EnforcementService;
import dev.exeunt.internal.erase.ErasurePreviewReader;
import dev.exeunt.internal.export.Exporter;
import dev.exeunt.internal.flow.AccountRequestService;
import dev.exeunt.internal.hold.HeldPeople;
import dev.exeunt.internal.hold.LegalHoldService;
import dev.exeunt.internal.ledger.RecordedErasures;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.RehearsalSubjects;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.rehearse.ErasureRehearsal;
import dev.exeunt.internal.replay.ErasureLedgerService;
import dev.exeunt.internal.request.HiddenDataExport;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.internal.transaction.LockHolderWatch;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.internal.value.ValueRequestService;
import dev.exeunt.internal.verify.ErasureRecords;
import dev.exeunt.internal.verify.ResidueScan;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out the calls of the facade about people. {@code Exeunt} documents each of them. */
public record PersonCalls(CallContext context) {

    public AccountRequests requests(DataMap map) {
        return new AccountRequestService(context.lifecycle(map));
    }

    public LegalHolds holds(DataMap map) {
        return new LegalHoldService(context.lifecycle(map));
    }

    public ReceiptKeys receiptKeys() {
        HashKey key = context.key();
        if (key == null) {
            throw new ExeuntException(
                    "No key is set, so receipts are not signed. Give the key of erased people in EXEUNT_KEY, or to the builder.");
        }
        return ReceiptKeys.of(key);
    }

    public ErasureLedger ledger(DataMap map) {
        return new ErasureLedgerService(context.lifecycle(map));
    }

    public ExportJobs exports(DataMap map, Archives archives, ExportJobs.ExportTerms terms) {
        return new ExportJobService(context.lifecycle(map), archives, terms);
    }

    public PersonWithoutAccount withoutAccount(DataMap map, String identifier, String value) {
        return new ValueRequestService(context.lifecycle(map), identifier, value);
    }

    public RowEnforcement enforcement(DataMap map) {
        return new EnforcementService(
                context.database(),
                context.lockWait(),
                RecordedErasures.of(context.key(), SubjectKind.PERSON),
                () -> context.proven(map).flowsOrThrow());
    }

    public ErasurePreview preview(DataMap map, List<String> keys) {
        return context.inTransaction(connection -> {
            MapCheckResult checked = CallContext.checked(connection, map);
            Plan plan = checked.planOrThrow();
            SubjectFinder finder = new SubjectFinder(connection, plan.subject());
            List<SubjectFinder.NamedSubject> people = finder.findEvenGone(keys);
            ErasureRecords records = new ErasureRecords(connection, checked.flowsOrThrow(), context.key());
            ErasurePreview preview = ErasurePreviewReader.read(
                    connection,
                    plan,
                    LeavingPeople.named(people, context.erased(plan)),
                    context.clock().instant());
            if (people.stream().noneMatch(SubjectFinder.NamedSubject::there) && preview.reachesNothing()) {
                throw finder.unknown();
            }
            List<PersonWarning> warnings = new ArrayList<>(records.warnings(people));
            List<SubjectKey> subjects =
                    people.stream().map(SubjectFinder.NamedSubject::key).toList();
            if (HeldPeople.isReadable(connection)
                    && HeldPeople.any(
                            connection, plan, subjects, context.clock().instant())) {
                warnings.add(PersonWarning.LEGAL_HOLD);
            }
            return preview.withWarnings(warnings);
        });
    }

    public ExportSummary export(DataMap map, String key, Path target, BundleFormat format) {
        return export(map, key, (exporter, subject) -> exporter.exportTo(target, subject, format));
    }

    public ExportSummary export(DataMap map, String key, OutputStream out, BundleFormat format) {
        return export(map, key, (exporter, subject) -> exporter.export(subject, format, out));
    }

    private ExportSummary export(DataMap map, String key, BiFunction<Exporter, SubjectKey, ExportSummary> writing) {
        return context.inTransaction(connection -> {
            Plan plan = CallContext.checked(connection, map).planOrThrow();
            SubjectKey subject = new SubjectFinder(connection, plan.subject())
                    .find(List.of(key))
                    .get(0);
            Exporter exporter = new Exporter(connection, plan, context.clock(), context.progress())
                    .withFiles(context.files())
                    .withErasedPeople(context.erased(plan));
            return writing.apply(HiddenDataExport.including(exporter, connection, plan, subject), subject);
        });
    }

    public Receipt erase(ErasurePlan proven, List<String> keys, Consumer<Receipt> beforeCommit) {
        if (!(proven instanceof Plan plan)) {
            throw new IllegalArgumentException(
                    "The plan was not made by Exeunt: " + proven.getClass().getName());
        }
        return new DirectErasureService(
                        context.database(),
                        new DirectErasureService.ErasureConditions(
                                context.clock(),
                                context.progress(),
                                context.lockWait(),
                                context.key(),
                                context.files(),
                                context.observer(),
                                context.ledger()))
                .erase(
                        plan,
                        keys,
                        connection -> Objects.requireNonNull(CallContext.checked(connection, plan.map())
                                .flowsOrThrow()
                                .get(plan.map().flow())),
                        beforeCommit);
    }

    public RehearsalResult rehearse(DataMap map, List<String> keys, int sample, @Nullable Duration timeout) {
        return Transaction.runInSnapshot(context.database(), "rehearsing", connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            MapCheckResult checked = CallContext.checked(connection, map, schema);
            List<SubjectKey> people = RehearsalSubjects.find(connection, checked.planOrThrow(), keys, sample);
            try (LockHolderWatch watch = LockHolderWatch.over(connection, context.database())) {
                ErasureRehearsal.RehearsalSettings conditions = new ErasureRehearsal.RehearsalSettings(
                        context.database(),
                        context.clock(),
                        context.progress(),
                        watch,
                        context.lockWait(),
                        timeout,
                        context.erased(checked.planOrThrow()));
                return new ErasureRehearsal(connection, schema, checked, conditions).rehearseAll(people);
            }
        });
    }

    public Residue verify(DataMap map, List<String> keys, List<String> values) {
        return Transaction.runInSnapshot(context.database(), "looking for what is left", connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            MapCheckResult checked = CallContext.checked(connection, map, schema);
            Plan plan = checked.planOrThrow();
            List<SubjectFinder.NamedSubject> people = new SubjectFinder(connection, plan.subject()).resolveAll(keys);
            ErasureRecords records = new ErasureRecords(connection, checked.flowsOrThrow(), context.key());
            return new ResidueScan(connection, plan, schema, context.progress())
                    .withErasedPeople(context.erased(plan))
                    .withSecondConnection(context.database())
                    .scan(records, people, values);
        });
    }
}

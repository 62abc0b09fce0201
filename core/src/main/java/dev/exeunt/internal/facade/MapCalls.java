package dev.exeunt.internal.facade;

import dev.exeunt.erase.ErasurePlan;
import dev.exeunt.internal.diagram.DrawnDiagram;
import dev.exeunt.internal.draft.MapDrafter;
import dev.exeunt.internal.draft.update.MapUpdater;
import dev.exeunt.internal.enforce.EnforcementService;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.plan.bind.MapBinder;
import dev.exeunt.internal.plan.fix.FateAnswers;
import dev.exeunt.internal.plan.proof.GrantStatements;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.internal.plan.proof.MapChecker;
import dev.exeunt.internal.sample.DataCheck;
import dev.exeunt.internal.sample.SampledDrafter;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.DatabaseSchema.UnsafeCode;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.internal.schema.trial.SqlValidationResult;
import dev.exeunt.internal.schema.trial.SqlValidator;
import dev.exeunt.internal.store.StoreGrants;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.MapDiagram;
import dev.exeunt.map.MapDraft;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.map.UpdatedMap;
import java.util.ArrayList;
import java.util.List;

/** Carries out the calls of the facade about a map and the schema. {@code Exeunt} documents each of them. */
public record MapCalls(CallContext context) {

    public List<String> unsafeCode() {
        return context.schema().unsafeCode().stream().map(UnsafeCode::sentence).toList();
    }

    public String connectedRole() {
        return context.schema().role();
    }

    public MapDraft draft(String table) {
        DatabaseSchema schema = context.schema();
        return MapDrafter.draft(schema, schema.requireTable(table).name());
    }

    public MapDraft draft(String table, DataSampling sampling) {
        return context.inTransaction(connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            TableName subject = schema.requireTable(table).name();
            return new SampledDrafter(connection, schema, subject, context.progress()).draft(sampling);
        });
    }

    public UpdatedMap update(String text, String file) {
        MapDefinition map = MapReader.read(text, file);
        DatabaseSchema schema = context.schema();
        MapBinder binder = new MapBinder(map, schema);
        if (binder.bind().isEmpty()) {
            throw new MapInvalidException(Finding.sorted(binder.findings()));
        }
        List<Finding> gone = binder.findings().stream()
                .filter(f -> f.code() == FindingCode.UNKNOWN_NAME)
                .toList();
        return MapUpdater.update(schema, text, map, Finding.sorted(gone));
    }

    public CheckResult check(DataMap map) {
        return context.inTransaction(connection -> {
            MapCheckResult checked = CallContext.checked(connection, map);
            return EnforcementService.withNotes(connection, checked, checked.report());
        });
    }

    public CheckResult check(DataMap map, DataSampling sampling) {
        return context.inTransaction(connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            MapCheckResult checked = CallContext.checked(connection, map, schema);
            CheckResult report = EnforcementService.withNotes(connection, checked, checked.report());
            return new DataCheck(connection, CallContext.definition(map), schema, context.progress())
                    .check(report, sampling);
        });
    }

    public List<MapDraft.Question> questions(DataMap map) {
        return context.inTransaction(connection -> {
            MapBinder binder = new MapBinder(CallContext.definition(map), SchemaReader.read(connection));
            return binder.bind()
                    .map(FateAnswers::questions)
                    .orElseThrow(() -> new MapInvalidException(binder.findings()));
        });
    }

    public ErasurePlan plan(DataMap map) {
        return context.proven(map).planOrThrow();
    }

    public MapDiagram diagram(DataMap map) {
        MapDefinition definition = CallContext.definition(map);
        return context.inTransaction(connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            return DrawnDiagram.of(
                    definition, schema, SqlValidator.validate(connection, MapChecker.sql(definition, schema)));
        });
    }

    public List<String> grants(DataMap map, String role) {
        MapDefinition definition = CallContext.definition(map);
        return context.inTransaction(connection -> {
            DatabaseSchema schema = SchemaReader.read(connection);
            SqlValidationResult tried = SqlValidator.validate(connection, MapChecker.sql(definition, schema));
            List<String> grants = new ArrayList<>(GrantStatements.of(definition, schema, tried, role));
            grants.addAll(StoreGrants.of(connection, role));
            return grants;
        });
    }
}

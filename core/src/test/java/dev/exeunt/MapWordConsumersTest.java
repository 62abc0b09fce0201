package dev.exeunt;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.exeunt.internal.map.yaml.AllowedWords;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that each word of the map's language acts: a class that acts on the word reads what the word said. */
class MapWordConsumersTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.exeunt");

    /** Words by the mapping they stand in: {@code word consumer owner.accessor}. */
    private static final String CONSUMERS = """
            MAP version MapReader MappingFields.value
            MAP subject SubjectFinder PlannedSubject.table
            MAP controller LawJson PrivacyNotice.controller
            MAP purpose LawJson ProcessingTerms.purpose
            MAP basis LawJson ProcessingTerms.basis
            MAP recipients LawJson ProcessingTerms.recipients
            MAP source LawJson ProcessingTerms.source
            MAP transfers LawJson PrivacyNotice.transfers
            MAP automated-decisions LawJson PrivacyNotice.automatedDecisions
            MAP flows RequestSubmission FlowPlan.offer
            MAP export Exporter MapDefinition.export
            MAP tables KeyCapture Plan.roles
            MAP not-personal MapBinder MapDefinition.notPersonal
            MAP roles EnforcementRules LifecycleSettings.roles
            MAP sql EntryFunctions LifecycleSettings.sql
            MAP guards GuardEvaluator FlowPlan$GuardPlan.guard
            MAP warnings GuardEvaluator FlowPlan.warnings
            MAP accept MapDefinition MapDefinition.accepted
            MAP backups ResidueScan MapDefinition.backups
            MAP external RequestTransaction LifecycleSettings.external
            MAP late-rows LateRowEntry LifecycleSettings.lateRows
            MAP settings Eraser MapDefinition.settings
            CONTROLLER name LawJson ControllerDetails.name
            CONTROLLER address LawJson ControllerDetails.address
            CONTROLLER contact LawJson ControllerDetails.contact
            CONTROLLER officer LawJson ControllerDetails.officer
            CONTROLLER representative LawJson ControllerDetails.representative
            CONTROLLER authority LawJson ControllerDetails.authority
            SUBJECT table SubjectFinder PlannedSubject.table
            SUBJECT key SubjectFinder PlannedSubject.key
            SUBJECT created RowAge PlannedHiding.created
            SUBJECT present PresentPeople PlannedSubject.present
            SUBJECT identifiers SubjectFinder PlannedSubject.identifiers
            FLOW grace RequestSubmission LifecycleSettings$OfferedFlow.grace
            FLOW login-block RequestSubmission LifecycleSettings$OfferedFlow.loginBlock
            FLOW lifted-by RequestWithdrawal LifecycleSettings$OfferedFlow.blockEndsWithRequest
            FLOW confirm RequestSubmission LifecycleSettings$OfferedFlow.confirm
            DELETE_DATA grace RequestSubmission LifecycleSettings$OfferedFlow.grace
            DELETE_DATA confirm RequestSubmission LifecycleSettings$OfferedFlow.confirm
            EXPORT_SETTINGS name BundleFileName ExportSettings.name
            EXPORT_SETTINGS schema Exporter ExportSettings.schema
            EXPORT_SETTINGS format ExportJobService ExportSettings.format
            EXPORT_SETTINGS limit ExportSubmission ExportSettings.limit
            EXPORT_SETTINGS link ExportJobService ExportSettings.link
            EXPORT_SETTINGS keep ExportJobRunner ExportSettings.keep
            TABLE title ErasurePreviewReader PlannedTable.words
            TABLE means ErasurePreviewReader PlannedTable.words
            TABLE purpose LawJson ProcessingTerms.purpose
            TABLE basis LawJson ProcessingTerms.basis
            TABLE categories LawJson ProcessingTerms.categories
            TABLE recipients LawJson ProcessingTerms.recipients
            TABLE source LawJson ProcessingTerms.source
            TABLE scope RoleLifecycle RoleLifecycle.scope
            TABLE section ExportSection PlannedTable.section
            TABLE files FileExport PlannedTable.files
            TABLE export PlannedTable PlannedRole.export
            TABLE hide RequestHiding FlowPlan.hiding
            TABLE reads EnforcementRules RoleLifecycle.reads
            TABLE policy EnforcedLink RoleLifecycle.policyForm
            TABLE erase ErasureSql PlannedTable.deleting
            TABLE new-rows EnforcementRules RoleLifecycle.newRows
            TABLE created HiddenRows PlannedHiding.watermark
            TABLE links KeyCapture Plan.roles
            TABLE subject KeyCapture PlannedRole.source
            TABLE through KeyCapture KeySource$RoleRows.roles
            TABLE role LinkBinder Link$ThroughLink.roles
            TABLE matches IdentifierCapture KeySource$IdentifierValues.column
            TABLE shared SharedValues KeySource$IdentifierValues.rule
            TABLE on LinkSql PlannedRole.on
            TABLE by LinkBinder Link$ThroughLink.by
            TABLE where LinkSql PlannedRole.where
            LINK subject KeyCapture PlannedRole.source
            LINK through KeyCapture KeySource$RoleRows.roles
            LINK role LinkBinder Link$ThroughLink.roles
            LINK matches IdentifierCapture KeySource$IdentifierValues.column
            LINK shared SharedValues KeySource$IdentifierValues.rule
            LINK on LinkSql PlannedRole.on
            LINK by LinkBinder Link$ThroughLink.by
            LINK where LinkSql PlannedRole.where
            LINK scope RoleLifecycle RoleLifecycle.scope
            LINK export PlannedTable PlannedRole.export
            LINK hide RequestHiding FlowPlan.hiding
            LINK reads EnforcementRules RoleLifecycle.reads
            LINK erase ErasureSql PlannedTable.deleting
            LINK new-rows EnforcementRules RoleLifecycle.newRows
            LINK created HiddenRows PlannedHiding.watermark
            EXPORT none PlannedTable ExportRule.none
            EXPORT reason WithheldParts ExportRule.reason
            EXPORT mask ExportSection ExportRule.mask
            EXPORT except ExportSection ExportRule.withheld
            EXPORT with SectionQuery ExportSection.joins
            FILES store FileExport PlannedFile.store
            FILES strip FileExport PlannedFile.strip
            WITH on JoinBinder ExportRule$ExportJoin.on
            WITH columns JoinBinder ExportRule$ExportJoin.columns
            HIDE set HidingProjection PlannedHiding.sets
            ERASE anonymize ErasureSql PlannedRole.assignments
            ERASE detach RoleBinder RoleBinder.emptying
            ERASE keep PlannedRole RowTreatment.keep
            ERASE reassign RoleBinder RoleBinder.reassigning
            ERASE retain OverlookedColumnCheck RowTreatment.retain
            ERASE flows RoleLifecycle RoleLifecycle.fates
            ERASE_IN_FLOW anonymize ErasureSql PlannedRole.assignments
            ERASE_IN_FLOW detach RoleBinder RoleBinder.emptying
            ERASE_IN_FLOW keep PlannedRole RowTreatment.keep
            ERASE_IN_FLOW reassign RoleBinder RoleBinder.reassigning
            ERASE_IN_FLOW retain OverlookedColumnCheck RowTreatment.retain
            KEEP reason ErasurePreviewReader Fate$Keep.reason
            KEEP basis PlannedRole Fate$Keep.basis
            KEEP for SweepRule Fate$Keep.period
            KEEP then PlannedRole Fate$Keep.thenDelete
            RULE sql RuleSql Rule$SqlRule.expression
            GUARD flows MapChecker LifecycleSettings$Guard.flows
            GUARD sql GuardEvaluator LifecycleSettings$Guard.sql
            GUARD message GuardEvaluator LifecycleSettings$Guard.message
            GUARD link GuardEvaluator LifecycleSettings$Guard.link
            GUARD override GuardEvaluator LifecycleSettings$Guard.override
            WARNING flows FlowPlan LifecycleSettings$FlowWarning.flows
            WARNING sql GuardEvaluator LifecycleSettings$FlowWarning.sql
            WARNING message WarningSql LifecycleSettings$FlowWarning.message
            EXTERNAL events PendingEvent LifecycleSettings$ExternalSystem.wants
            EXTERNAL locators LocatorQuery LifecycleSettings$ExternalSystem.locators
            EXTERNAL deadline PendingEvent LifecycleSettings$ExternalSystem.deadline
            EXTERNAL before-erasure ErasureAnnouncement LifecycleSettings$ExternalSystem.beforeErasure
            LATE_ROWS look LateRowWatchTable LifecycleSettings$LateRowWatch.next
            LATE_ROWS then LateRowLook LifecycleSettings$LateRowWatch.erase
            ROLES application EnforcementRules LifecycleSettings$DatabaseRoles.application
            ROLES exempt EnforcementRules LifecycleSettings$DatabaseRoles.exempt
            ROLES force EnforcementRules LifecycleSettings$DatabaseRoles.force
            SQL callers EntryFunctions LifecycleSettings$SqlEntryPoints.callers
            SQL gateway SqlCallerCheck LifecycleSettings$SqlEntryPoints.gateway
            SQL caller CallerFunctions LifecycleSettings$SqlEntryPoints.caller
            """;

    @Test
    void theTableNamesEachWordOnce() throws IllegalAccessException {
        List<String> named = CONSUMERS
                .lines()
                .map(line -> line.split(" ")[0] + " " + line.split(" ")[1])
                .toList();
        assertThat(named).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(named)).isEqualTo(words());
    }

    @Test
    void theConsumerOfEachWordReadsWhatTheWordSaid() {
        Map<String, String> silent = new TreeMap<>();
        CONSUMERS.lines().forEach(line -> {
            String[] parts = line.split(" ");
            String owner = parts[3].substring(0, parts[3].indexOf('.'));
            String accessor = parts[3].substring(parts[3].indexOf('.') + 1);
            if (consumers(parts[2]).noneMatch(consumer -> reads(consumer, owner, accessor))) {
                silent.put(parts[0] + " " + parts[1], parts[2] + " does not read " + parts[3]);
            }
        });
        assertThat(silent).isEmpty();
    }

    private static TreeSet<String> words() throws IllegalAccessException {
        TreeSet<String> words = new TreeSet<>();
        for (Field field : AllowedWords.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                for (String word : ((AllowedWords) field.get(null)).words()) {
                    words.add(field.getName() + " " + word);
                }
            }
        }
        return words;
    }

    private static Stream<JavaClass> consumers(String name) {
        return CLASSES.stream()
                .filter(c -> c.getName().endsWith("." + name) || c.getName().contains("." + name + "$"));
    }

    private static boolean reads(JavaClass consumer, String owner, String accessor) {
        List<String> targets = new ArrayList<>();
        consumer.getAccessesFromSelf()
                .forEach(a -> targets.add(
                        a.getTargetOwner().getName() + " " + a.getTarget().getName()));
        consumer.getMethodReferencesFromSelf()
                .forEach(a -> targets.add(
                        a.getTargetOwner().getName() + " " + a.getTarget().getName()));
        return targets.stream().anyMatch(t -> t.endsWith("." + owner + " " + accessor));
    }
}

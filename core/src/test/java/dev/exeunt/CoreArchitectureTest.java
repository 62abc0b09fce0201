package dev.exeunt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.ledger.SigningKey;
import dev.exeunt.ledger.TokenSigner;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the allowed dependencies between the packages of core. A room that is not listed here fails the build. */
class CoreArchitectureTest {

    private static final String ROOT = "dev.exeunt";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /**
     * Which rooms each may use. Everybody may use the exception root, {@link ProgressListener} and {@link WorkObserver};
     * the facade may use all.
     */
    private static final Map<String, String[]> DOORS = Map.ofEntries(
            Map.entry("text", new String[] {}),
            Map.entry("files", new String[] {}),
            Map.entry("archive", new String[] {"files", "ledger"}),
            Map.entry("store", new String[] {"postgres"}),
            Map.entry("map", new String[] {}),
            Map.entry("postgres", new String[] {}),
            Map.entry("schema", new String[] {"postgres", "map"}),
            Map.entry("draft", new String[] {"map", "schema"}),
            Map.entry("plan", new String[] {"map", "schema", "postgres"}),
            Map.entry("diagram", new String[] {"map", "schema", "plan"}),
            Map.entry("reach", new String[] {"map", "schema", "plan", "postgres"}),
            Map.entry("export", new String[] {"map", "schema", "plan", "reach", "postgres", "files"}),
            Map.entry("erase", new String[] {"map", "schema", "plan", "reach", "postgres"}),
            Map.entry("ledger", new String[] {"map", "postgres", "reach"}),
            Map.entry(
                    "lifecycle",
                    new String[] {"map", "schema", "plan", "reach", "postgres", "export", "erase", "ledger", "store"}),
            Map.entry("delivery", new String[] {
                "map",
                "schema",
                "plan",
                "reach",
                "postgres",
                "export",
                "erase",
                "archive",
                "ledger",
                "store",
                "lifecycle"
            }),
            Map.entry("work", new String[] {"postgres", "delivery", "lifecycle"}));

    static Stream<String> rooms() {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(p -> p.startsWith(ROOT + "."))
                .map(p -> p.substring(ROOT.length() + 1).split("\\.")[0])
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesOnlyTheRoomsItMay(String room) {
        String[] doors = DOORS.get(room);
        org.assertj.core.api.Assertions.assertThat(doors).as("doors of " + room).isNotNull();
        String[] own = {ROOT + "." + room + ".."};
        String[] allowed = Stream.concat(
                        Arrays.stream(own), Arrays.stream(doors).map(d -> ROOT + "." + d + ".."))
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(own[0])
                .should()
                .onlyDependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are in " + String.join(", ", allowed) + ", or outside",
                        c -> !c.getPackageName().startsWith(ROOT)
                                || c.isAssignableTo(ExeuntException.class)
                                        && c.getPackageName().equals(ROOT)
                                || c.isEquivalentTo(ProgressListener.class)
                                || c.isEquivalentTo(WorkObserver.class)
                                || Arrays.stream(allowed)
                                        .anyMatch(a -> c.getPackageName().startsWith(a.replace("..", "")))))
                .check(CLASSES);
    }

    @Test
    void roomsDoNotGoRoundInCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void aPlanKnowsNotHowItWasBoundAndBindingNotHowItIsProved() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".plan")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".plan.bind..", ROOT + ".plan.proof..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".plan.bind..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".plan.proof..")
                .check(CLASSES);
    }

    /** Of the ledger, the key that links are signed with; an archive knows no person and no event. */
    @Test
    void anArchiveKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".archive..")
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are of the ledger, but no key",
                        c -> c.getPackageName().equals(ROOT + ".ledger")
                                && !c.isEquivalentTo(HashKey.class)
                                && !c.isEquivalentTo(SigningKey.class)
                                && !c.isEquivalentTo(TokenSigner.class)))
                .check(CLASSES);
    }

    @Test
    void planMapDraftAndDiagramNeverTouchADatabase() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".plan..", ROOT + ".map..", ROOT + ".draft..", ROOT + ".diagram..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
                .check(CLASSES);
    }

    @Test
    void coreKnowsNoFrameworkAndNoConsole() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "picocli..", "jakarta..")
                .check(CLASSES);
        noClasses().should().callMethod(System.class, "exit", int.class).check(CLASSES);
        noClasses().should().accessField(System.class, "out").check(CLASSES);
        noClasses().should().accessField(System.class, "err").check(CLASSES);
    }

    @Test
    void everyExceptionThatLeavesARoomHasTheSameRoot() {
        classes()
                .that()
                .areAssignableTo(Exception.class)
                .and()
                .arePublic()
                .should()
                .beAssignableTo(ExeuntException.class)
                .check(CLASSES);
    }

    @Test
    void timeIsInjected() {
        noClasses().should().callMethod(java.time.Instant.class, "now").check(CLASSES);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
    }
}

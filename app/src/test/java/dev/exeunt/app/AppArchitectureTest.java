package dev.exeunt.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Tests the allowed dependencies between the packages of the program. */
class AppArchitectureTest {

    private static final String[] COMMANDS = {"..app.map..", "..app.person..", "..app.request.."};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.exeunt.app");

    @Test
    void theTerminalKnowsNeitherMapsNorPeople() {
        noClasses()
                .that()
                .resideInAPackage("..app.terminal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.exeunt.map..",
                        "dev.exeunt.internal.map..",
                        "dev.exeunt.internal.plan..",
                        "dev.exeunt.erase..",
                        "..app",
                        "..app.command..",
                        "..app.map..",
                        "..app.person..",
                        "..app.request..",
                        "..app.report..",
                        "..app.demo..")
                .check(CLASSES);
    }

    @Test
    void reportsKnowNoCommand() {
        noClasses()
                .that()
                .resideInAPackage("..app.report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(COMMANDS)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.exeunt.app", "..app.command..", "..app.demo..", "picocli..")
                .check(CLASSES);
    }

    @Test
    void whatCommandsShareKnowsNoneOfThem() {
        noClasses()
                .that()
                .resideInAnyPackage("..app.command..", "..app.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(COMMANDS)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(COMMANDS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.exeunt.app", "..app.demo..")
                .check(CLASSES);
    }

    @Test
    void onlyTheDemoKnowsTheEmbeddedServer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..app.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.zonky..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..app.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.exeunt.app", "..app.report..")
                .check(CLASSES);
    }

    @Test
    void onlyTheApiOfTheCoreIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.exeunt.internal..")
                .check(CLASSES);
    }
}

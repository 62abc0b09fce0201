package dev.exeunt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the dependencies between the packages of core against the table in CONTRIBUTING.md. */
class CoreArchitectureTest {

    private static final String ROOT = "dev.exeunt";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** Each package of the table in CONTRIBUTING.md, and the packages that it may use. */
    private static final Map<String, Set<String>> ALLOWED = packageTable();

    private static Map<String, Set<String>> packageTable() {
        try (Stream<String> lines = Files.lines(Path.of("../CONTRIBUTING.md"))) {
            return lines.dropWhile(line -> !line.startsWith("| package | holds | may use |"))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(line -> line.split("\\|"))
                    .collect(
                            Collectors.toMap(cells -> names(cells[1]).iterator().next(), cells -> names(cells[3])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the table's package which a package is, or lies in; empty for the root. */
    private static Optional<String> room(String packageName) {
        return ALLOWED.keySet().stream()
                .filter(room -> (packageName + ".").startsWith(ROOT + "." + room + "."))
                .max(Comparator.comparing(String::length));
    }

    /** A package below one of the table is named in the cell that says what the package holds. */
    @Test
    void everyPackageBelowOneOfTheTableIsNamedThere() throws IOException {
        String table = Files.readString(Path.of("../CONTRIBUTING.md"));
        assertThat(CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .distinct()
                        .filter(name -> room(name)
                                .filter(room -> !name.equals(ROOT + "." + room))
                                .isPresent()))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(table)
                        .containsPattern("`([a-z.]*\\.)?" + name.substring(name.lastIndexOf('.') + 1) + "`"));
    }

    @Test
    void everyPackageStandsInTheTable() {
        assertThat(CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(ROOT) && room(name).isEmpty()))
                .isEmpty();
        assertThat(ALLOWED.values().stream().flatMap(Set::stream)).allMatch(ALLOWED::containsKey);
    }

    /** All packages may use what lies in the root but for the facade, which may use all. */
    @Test
    void aPackageUsesOnlyThePackagesThatTheTableAllows() {
        Set<String> forbidden = new TreeSet<>();
        for (JavaClass each : CLASSES) {
            room(each.getPackageName())
                    .ifPresent(from -> each.getDirectDependenciesFromSelf().stream()
                            .flatMap(dependency -> room(
                                            dependency.getTargetClass().getPackageName())
                                    .stream()
                                    .filter(to -> !to.equals(from))
                                    .filter(to -> !ALLOWED.getOrDefault(from, Set.of())
                                            .contains(to))
                                    .map(to -> from + " uses " + to + ": " + dependency.getDescription()))
                            .forEach(forbidden::add));
        }
        assertThat(forbidden).isEmpty();
    }

    @Test
    void noPackageUsesTheFacade() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(Exeunt.class.getName())
                .check(CLASSES);
    }

    /** The root is left out: the facade uses all packages, and all packages use the exceptions of the root. */
    @Test
    void packagesAreFreeOfCycles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES.that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT))));
    }

    @Test
    void noPackageHoldsMoreThanTwentyTypes() {
        Map<String, Long> types = CLASSES.stream()
                .filter(each -> each.isTopLevelClass() && !each.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        types.values().removeIf(count -> count <= 20);
        assertThat(types).isEmpty();
    }

    @Test
    void aPlanKnowsNotHowItWasBoundAndBindingNotHowItIsProved() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".internal.plan")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".internal.plan.bind..",
                        ROOT + ".internal.plan.proof..",
                        ROOT + ".internal.plan.check..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".internal.plan.bind..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".internal.plan.proof..")
                .check(CLASSES);
    }

    @Test
    void planMapDraftAndDiagramNeverTouchADatabase() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".map..",
                        ROOT + ".internal.plan..",
                        ROOT + ".internal.map..",
                        ROOT + ".internal.names..",
                        ROOT + ".internal.draft..",
                        ROOT + ".internal.diagram..")
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

package dev.exeunt;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the public members of the API with the list in {@code core/api.txt}. A change of the API on purpose writes the list anew
 * with {@code -Dexeunt.api.write=true}, so that the change stands in the commit.
 */
class PublicApiTest {

    private static final Path LIST = Path.of("api.txt");
    private static final Set<String> OF_EVERY_RECORD = Set.of("equals", "hashCode", "toString");

    private static final List<Class<?>> TYPES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.exeunt").stream()
                    .filter(each -> !each.getPackageName().startsWith("dev.exeunt.internal"))
                    .filter(each -> !each.getPackageName().startsWith("dev.exeunt.support"))
                    .<Class<?>>map(JavaClass::reflect)
                    .filter(PublicApiTest::isVisible)
                    .sorted((one, other) -> one.getName().compareTo(other.getName()))
                    .toList();

    /** Whether users can name the type: it is public, and so is each type around it. */
    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    @Test
    void theListHasEveryPublicMember() throws IOException {
        String live = TYPES.stream().map(PublicApiTest::text).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("exeunt.api.write")) {
            Files.writeString(LIST, live);
        }
        assertThat(live).as("run with -Dexeunt.api.write=true").isEqualTo(Files.readString(LIST));
    }

    /** The aim of docs/decisions/0008-public-api.md. */
    @Test
    void usersMeetFewTypes() {
        assertThat(TYPES.stream().filter(type -> type.getDeclaringClass() == null))
                .hasSizeLessThanOrEqualTo(52);
    }

    @Test
    void noMemberMentionsAnInternalType() {
        assertThat(TYPES.stream()
                        .flatMap(type -> Stream.concat(members(type), Stream.of(supertypes(type))))
                        .filter(member ->
                                member.contains("dev.exeunt.internal.") || member.contains("dev.exeunt.support.")))
                .isEmpty();
    }

    /** The architecture tests of other modules ask the same of their classes; this also covers modules without such a test. */
    @Test
    void noOtherModuleImportsAnInternalType() throws IOException {
        List<Path> sources;
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            sources = modules.filter(module -> !module.endsWith("core"))
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList();
        }
        assertThat(sources).hasSizeGreaterThan(4);
        for (Path source : sources) {
            try (Stream<Path> files = Files.walk(source)) {
                assertThat(files.filter(file -> file.toString().endsWith(".java"))
                                .filter(PublicApiTest::importsAnInternalType))
                        .isEmpty();
            }
        }
    }

    /** {@code dev.exeunt.support} is for our own modules: users would copy a use of it, and a later release could break it. */
    @Test
    void noExampleAndNoSnippetUsesTheSupportPackages() throws IOException {
        for (String place : List.of("../examples", "../docs", "../README.md")) {
            try (Stream<Path> files = Files.walk(Path.of(place))) {
                List<Path> sources = files.filter(file -> !file.toString().contains("target"))
                        .filter(file -> file.toString().endsWith(".java")
                                || file.toString().endsWith(".md"))
                        .filter(file -> !file.endsWith("0008-public-api.md"))
                        .toList();
                assertThat(sources).isNotEmpty();
                assertThat(sources.stream().filter(file -> contains(file, "dev.exeunt.support.")))
                        .isEmpty();
            }
        }
    }

    private static boolean importsAnInternalType(Path file) {
        return contains(file, "dev.exeunt.internal.");
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Class<?> type) {
        return type.toGenericString() + supertypes(type) + "\n"
                + members(type).map(member -> "    " + member + "\n").collect(Collectors.joining());
    }

    private static String supertypes(Class<?> type) {
        Stream<Type> superclass = Stream.ofNullable(type.getGenericSuperclass())
                .filter(each -> each != Object.class && each != Record.class && !type.isEnum());
        return Stream.concat(superclass, Arrays.stream(type.getGenericInterfaces()))
                .map(each -> " < " + each.getTypeName())
                .collect(Collectors.joining());
    }

    private static Stream<String> members(Class<?> type) {
        Set<String> members = new TreeSet<>();
        Stream.of(
                        Arrays.stream(type.getDeclaredFields())
                                .filter(field -> isVisible(field.getModifiers()) && !field.isSynthetic())
                                .map(Field::toGenericString),
                        Arrays.stream(type.getDeclaredConstructors())
                                .filter(each -> isVisible(each.getModifiers()) && !each.isSynthetic())
                                .map(Constructor::toGenericString),
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(method -> isVisible(method.getModifiers()) && !method.isSynthetic())
                                .filter(method -> !type.isRecord() || !OF_EVERY_RECORD.contains(method.getName()))
                                .map(Method::toGenericString))
                .flatMap(each -> each)
                .forEach(members::add);
        return members.stream();
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}

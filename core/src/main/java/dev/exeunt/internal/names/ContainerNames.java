package dev.exeunt.internal.names;

import java.util.List;
import java.util.Set;

/** Tells by its name whether a table holds things that several people work in, such as organisations and projects. */
public final class ContainerNames {

    private static final Set<String> ORGANISATIONS = NameWords.set("""
            organisation organization org orga company tenant realm institution association enterprise business tenancy
            team workspace community guild department school club division
            """);
    private static final Set<String> PLACES = NameWords.set("""
            project namespace board group channel space site store shop repository repo forum blog room household
            collection course campaign program programme
            """);

    private static final Set<String> MEMBERS = NameWords.set("member membership participant enrollment enrolment");

    private ContainerNames() {}

    /** Whether the table holds organisations or teams, which always have a life of their own. */
    public static boolean organisation(String tableName) {
        return ORGANISATIONS.contains(last(tableName));
    }

    /** Whether the table holds projects, boards or the like, which one person may have alone. */
    public static boolean place(String tableName) {
        return PLACES.contains(last(tableName));
    }

    /**
     * Whether the table says who belongs to a container: {@code team_members}, {@code users_projects}.
     *
     * @param subject the name of the subject's table
     */
    public static boolean membership(String tableName, String container, String subject) {
        List<String> words = NameWords.singular(tableName);
        boolean people = words.containsAll(NameWords.singular(subject)) || words.contains("user");
        return words.stream().anyMatch(MEMBERS::contains) || people && words.containsAll(NameWords.singular(container));
    }

    private static String last(String tableName) {
        List<String> words = NameWords.singular(tableName);
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }
}

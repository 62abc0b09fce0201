package dev.exeunt.internal.names;

import java.util.List;
import java.util.Set;

/** Says how a link relates the person to the row: as owner, actor, target or parent. */
public enum LinkRelation {
    /** the row is theirs */
    OWNER,
    /** they did something to another person's row: {@code approved_by} */
    ACTOR,
    /** the row is about them, or for them: {@code reported_user_id} */
    TARGET,
    /** the row hangs off a row of theirs */
    PARENT;

    private static final Set<String> ACTORS = NameWords.set("""
            reviewer moderator granter grantor approver revoker editor assignee assigned admin issuer resolver
            publisher modifier updater verifier inviter operator staff agent handler closer deleter referrer
            manager locker modified updated actor inspector last edited merge merged merger approved published
            resolved closed locked archived deleted handled rejected accepted cancelled canceled confirmed verified
            mod canceler canceller completer confirmer processor rejecter archiver importer refunder
            lead leader organiser organizer responsible coordinator maintainer supervisor triager curator reporter
            """);

    private static final Set<String> CREATORS = NameWords.set("created creator added");
    /** what the person has put into words, or brought along */
    private static final Set<String> WRITERS = NameWords.set("""
            uploaded uploader posted poster written submitted submitter
            """);

    /** what is done {@code by} the one whose the row is: {@code owned_by}, {@code redeemed_by} */
    private static final Set<String> OWNING =
            NameWords.set("owned used redeemed purchased ordered booked requested held");

    private static final Set<String> TARGETS = NameWords.set("""
            other reported target subject friend following followed followee to recipient blocked muted invited
            invitee about mentioned receiver reviewee rated viewed visited accused offender warned banned
            reportable notifiable
            """);
    /** names of recipients, as opposed to what a message says about them */
    private static final Set<String> ADDRESSEES = NameWords.set("to recipient receiver invited invitee notifiable");
    /** names of a key that say no more than whose the row is */
    private static final Set<String> PLAIN = NameWords.set("""
            user usr owner author member person profile customer account resource id uuid key by
            owned used redeemed purchased ordered booked requested held
            """);

    /** Whether the columns call the person the row's author, who is its owner where the table has no other. */
    public static boolean author(List<String> columns) {
        return words(columns).stream().anyMatch(w -> CREATORS.contains(w) || WRITERS.contains(w));
    }

    /** Whether the columns say that the person wrote or uploaded what stands in the row. */
    public static boolean writer(List<String> columns) {
        return words(columns).stream().anyMatch(WRITERS::contains);
    }

    /** Whether the columns name who changed the row last. */
    public static boolean updater(List<String> columns) {
        return words(columns).stream()
                .anyMatch(Set.of("updated", "modified", "updater", "modifier", "edited")::contains);
    }

    /** Whether the row is sent to the person, e.g. {@code recipient_id}, and does not tell of them. */
    public static boolean addressee(List<String> columns) {
        return words(columns).stream().anyMatch(ADDRESSEES::contains);
    }

    /**
     * Whether the columns say no more than whose the row is: {@code user_id}, {@code owner}, or the subject's own name.
     *
     * @param subject the name of the subject's table
     */
    public static boolean plain(List<String> columns, String subject) {
        return withoutSubject(columns, subject).stream().allMatch(PLAIN::contains);
    }

    /**
     * Reads the relation from the names of a link's columns. The subject's own name never makes an actor: where the subject is
     * {@code editor}, {@code editor_id} names the row's owner.
     *
     * @param subject the name of the subject's table
     */
    public static LinkRelation of(List<String> columns, String subject) {
        List<String> words = withoutSubject(columns, subject);
        boolean by = words.contains("by") && words.stream().noneMatch(OWNING::contains);
        if (by || words.stream().anyMatch(w -> ACTORS.contains(w) || CREATORS.contains(w) || WRITERS.contains(w))) {
            return ACTOR;
        }
        return words.stream().anyMatch(TARGETS::contains) ? TARGET : OWNER;
    }

    private static List<String> withoutSubject(List<String> columns, String subject) {
        List<String> own = NameWords.singular(subject);
        return words(columns).stream()
                .filter(w -> !own.contains(NameWords.singularOf(w)))
                .toList();
    }

    private static List<String> words(List<String> columns) {
        return columns.stream().flatMap(c -> NameWords.of(c).stream()).toList();
    }
}

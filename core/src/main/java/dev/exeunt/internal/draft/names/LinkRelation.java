package dev.exeunt.internal.draft.names;

import java.util.List;
import java.util.Set;

/** Says how a link relates the person to the row: as owner, actor, target or parent. */
public enum LinkRelation {
    /** the row is theirs */
    OWNER,
    /** they did something to somebody else's row: {@code approved_by} */
    ACTOR,
    /** the row is about them, or for them: {@code reported_user_id} */
    TARGET,
    /** the row hangs off a row of theirs */
    PARENT;

    private static final Set<String> ACTORS = NameWords.set("""
            reviewer moderator granter grantor approver revoker editor assignee assigned admin issuer resolver
            publisher modifier updater verifier inviter operator staff agent handler closer deleter referrer
            manager locker modified updated actor inspector
            """);

    private static final Set<String> AUTHORS = NameWords.set("""
            created creator uploaded uploader posted poster written submitted submitter added
            """);

    private static final Set<String> TARGETS = NameWords.set("""
            reported target subject friend following followed followee to recipient blocked muted invited
            invitee about mentioned receiver reviewee rated viewed visited accused offender warned banned
            reportable notifiable
            """);

    /** Whether the columns call the person the row's author, who is its owner where the table has no other. */
    public static boolean author(List<String> columns) {
        return words(columns).stream().anyMatch(AUTHORS::contains);
    }

    public static LinkRelation of(List<String> columns) {
        List<String> words = words(columns);
        boolean by = words.contains("by");
        if (by || words.stream().anyMatch(w -> ACTORS.contains(w) || AUTHORS.contains(w))) {
            return ACTOR;
        }
        return words.stream().anyMatch(TARGETS::contains) ? TARGET : OWNER;
    }

    private static List<String> words(List<String> columns) {
        return columns.stream().flatMap(c -> NameWords.of(c).stream()).toList();
    }
}

package dev.exeunt.internal.request;

import dev.exeunt.map.AccountFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Models the expected rows and request states of the guild application in plain collections. Knows the promise
 * (docs/explanation/lifecycle.md) and nothing of how it is kept.
 */
final class LifecycleModel {

    /** Models a request and the rows that belonged to the person when it was made. */
    static final class ModelRequest {
        final UUID id;
        final long person;
        final Instant born;
        final AccountFlow flow;
        final Instant at;
        final Instant due;
        final Set<Long> posts = new HashSet<>();
        final Set<Long> likes = new HashSet<>();
        final Map<String, String> members = new TreeMap<>();
        String state = "scheduled";
        /** Not before: blocked until, or claimed until. */
        Instant next = Instant.MIN;

        /** Whether it hid rows: one that is only made again to be carried out does not. */
        boolean hides = true;

        /** Whether its person's account is erased, so that nothing tells whose it was. */
        boolean forgotten;

        ModelRequest(UUID id, long person, Instant born, AccountFlow flow, Instant at) {
            this.id = id;
            this.person = person;
            this.born = born;
            this.flow = flow;
            this.at = at;
            this.due = at.plus(Duration.ofDays(flow == AccountFlow.DELETE_ACCOUNT ? 14 : 30));
        }

        ModelRequest(ModelRequest other) {
            this(other.id, other.person, other.born, other.flow, other.at);
            posts.addAll(other.posts);
            likes.addAll(other.likes);
            members.putAll(other.members);
            state = other.state;
            next = other.next;
            forgotten = other.forgotten;
            hides = other.hides;
        }

        boolean open() {
            return !Set.of("cancelled", "reactivated", "erased").contains(state);
        }

        boolean leaves() {
            return flow != AccountFlow.DELETE_DATA;
        }

        @Override
        public String toString() {
            return person + " " + flow.word() + " " + at + " " + state;
        }
    }

    /** Models the expected values of a post. */
    static final class ModelPost {
        final long person;
        final Instant created;
        String body;
        boolean visible;
        String deleted;

        ModelPost(long person, Instant created, String body, boolean visible, String deleted) {
            this.person = person;
            this.created = created;
            this.body = body;
            this.visible = visible;
            this.deleted = deleted;
        }

        ModelPost(ModelPost other) {
            this(other.person, other.created, other.body, other.visible, other.deleted);
        }
    }

    /** Models an expected like. */
    record ModelLike(long post, long person, Instant created) {

        ModelLike(long post, long person) {
            this(post, person, LONG_AGO);
        }
    }

    /** Before the story begins. */
    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    /** Models the expected values of a person. */
    static final class ModelPerson {
        /** Tells people apart who have the same key one after the other. */
        final Instant born;

        final String email;
        String name;
        String bio;
        boolean erased;
        /** Whether the account was marked as gone before it was erased. */
        boolean gone;

        ModelPerson(Instant born, String email, String name, String bio) {
            this.born = born;
            this.email = email;
            this.name = name;
            this.bio = bio;
        }

        ModelPerson(ModelPerson other) {
            this(other.born, other.email, other.name, other.bio);
            erased = other.erased;
            gone = other.gone;
        }
    }

    final Map<Long, ModelPerson> people = new TreeMap<>();
    final Map<Long, Long> sessions = new TreeMap<>();
    /** {@code guild,person} to role: those in sight. */
    final Map<String, String> members = new TreeMap<>();

    final Map<Long, ModelPost> posts = new TreeMap<>();
    final Map<Long, ModelLike> likes = new TreeMap<>();
    final Map<Long, String> mails = new TreeMap<>();
    final List<ModelRequest> wishes = new ArrayList<>();
    final List<SimulatedHolds.ModelHold> holds = new ArrayList<>();

    /** Keys of people whose accounts were erased, with the moments they were born. */
    final Set<String> erased = new HashSet<>();

    /** Whether an erasure deletes the person's own row. Otherwise it makes the row anonymous. */
    private final boolean rowsGo;

    LifecycleModel(boolean rowsGo) {
        this.rowsGo = rowsGo;
        people.put(1L, new ModelPerson(LONG_AGO, "Anna@x.test", "Anna", null));
        people.put(2L, new ModelPerson(LONG_AGO, "ben@x.test", "Ben", ""));
        people.put(3L, new ModelPerson(LONG_AGO, "cem@x.test", "Cem", "c"));
        people.put(4L, new ModelPerson(LONG_AGO, "dee@x.test", "Dee", "d"));
        sessions.putAll(Map.of(1L, 1L, 2L, 2L, 3L, 1L));
        members.putAll(Map.of("1,1", "owner", "1,2", "owner", "1,3", "member", "2,3", "owner"));
        posts.put(1L, new ModelPost(1, LONG_AGO, "one", true, null));
        posts.put(2L, new ModelPost(1, LONG_AGO, "two", false, "2026-02-01T00:00:00Z"));
        posts.put(3L, new ModelPost(2, LONG_AGO, "three", true, null));
        posts.put(4L, new ModelPost(1, LONG_AGO, null, true, null));
        posts.put(5L, new ModelPost(1, LONG_AGO, "", false, null));
        likes.putAll(Map.of(
                1L, new ModelLike(1, 2), 2L, new ModelLike(3, 1), 3L, new ModelLike(4, 1), 4L, new ModelLike(1, 3)));
        mails.putAll(Map.of(1L, "anna@x.test", 2L, "BEN@x.test"));
    }

    private LifecycleModel(LifecycleModel other) {
        rowsGo = other.rowsGo;
        other.people.forEach((id, p) -> people.put(id, new ModelPerson(p)));
        sessions.putAll(other.sessions);
        members.putAll(other.members);
        other.posts.forEach((id, p) -> posts.put(id, new ModelPost(p)));
        likes.putAll(other.likes);
        mails.putAll(other.mails);
        other.wishes.forEach(w -> wishes.add(new ModelRequest(w)));
        holds.addAll(other.holds);
        erased.addAll(other.erased);
    }

    LifecycleModel copy() {
        return new LifecycleModel(this);
    }

    List<ModelRequest> open(long person) {
        return wishes.stream().filter(w -> w.person == person && w.open()).toList();
    }

    List<Long> present() {
        return people.keySet().stream().filter(p -> !people.get(p).erased).toList();
    }

    // -- asking

    /** @return whether somebody is needed: an owner in sight of a guild that has no other one who stays */
    boolean needed(long person, Predicate<ModelRequest> leaving) {
        Set<Long> gone = new HashSet<>();
        wishes.stream().filter(w -> w.open() && w.leaves() && leaving.test(w)).forEach(w -> gone.add(w.person));
        for (long guild : List.of(1L, 2L)) {
            boolean theirs = "owner".equals(members.get(guild + "," + person));
            boolean others = people.keySet().stream()
                    .anyMatch(p -> p != person && !gone.contains(p) && "owner".equals(members.get(guild + "," + p)));
            if (theirs && !others) {
                return true;
            }
        }
        return false;
    }

    void ask(ModelRequest wish) {
        posts.forEach((id, post) -> addIf(post.person == wish.person, wish.posts, id));
        likes.forEach((id, like) -> addIf(like.person == wish.person, wish.likes, id));
        wishes.add(wish);
        out(wish);
    }

    private static void addIf(boolean wanted, Set<Long> to, long id) {
        if (wanted) {
            to.add(id);
        }
    }

    /** What leaves for good, or is moved away, when this wish hides. */
    private void out(ModelRequest wish) {
        if (wish.leaves()) {
            sessions.values().removeIf(p -> p == wish.person);
        }
        if (wish.flow == AccountFlow.DELETE_ACCOUNT) {
            for (String key : List.copyOf(members.keySet())) {
                if (key.endsWith("," + wish.person)) {
                    wish.members.put(key, members.remove(key));
                }
            }
        }
    }

    // -- coming back

    void takenBack(ModelRequest wish, String state) {
        members.putAll(wish.members);
        wish.members.clear();
        wish.state = state;
        List<ModelRequest> later = wishes.subList(wishes.indexOf(wish), wishes.size());
        later.stream().filter(w -> w.person == wish.person && w.open()).forEach(this::out);
    }

    // -- erasing

    /** Those whose time has come, whom no worker has claimed and no legal hold holds, in the order in which they are carried out. */
    List<ModelRequest> due(Instant now) {
        return wishes.stream()
                .filter(w -> Set.of("scheduled", "blocked", "erasing").contains(w.state))
                .filter(w -> !w.due.isAfter(now) && !w.next.isAfter(now))
                .filter(w -> holds.stream().noneMatch(h -> h.holds(w, now)))
                .sorted(Comparator.comparing((ModelRequest w) -> w.flow).thenComparing(w -> w.due))
                .toList();
    }

    boolean blockedWhenDue(ModelRequest wish) {
        Map<String, String> before = new TreeMap<>(members);
        open(wish.person).forEach(w -> members.putAll(w.members));
        boolean blocked = needed(wish.person, w -> w.at.isBefore(wish.at) && w.person != wish.person);
        members.clear();
        members.putAll(before);
        return blocked;
    }

    /** What was there at the request goes, and what says of itself that it is older. */
    void erased(ModelRequest wish) {
        if (wish.flow != AccountFlow.DELETE_DATA) {
            erasePerson(wish.person);
            return;
        }
        posts.forEach((id, p) -> addIf(p.person == wish.person && p.created.isBefore(wish.at), wish.posts, id));
        likes.forEach((id, l) -> addIf(l.person == wish.person && l.created.isBefore(wish.at), wish.likes, id));
        List.copyOf(wish.posts).forEach(this::removePost);
        likes.keySet().removeAll(wish.likes);
        wish.state = "erased";
        open(wish.person).forEach(this::out);
    }

    void erasePerson(long person) {
        List.copyOf(posts.keySet()).stream()
                .filter(id -> posts.get(id).person == person)
                .forEach(this::removePost);
        likes.values().removeIf(l -> l.person == person);
        sessions.values().removeIf(p -> p == person);
        members.keySet().removeIf(key -> key.endsWith("," + person));
        mails.values().removeIf(to -> to.equalsIgnoreCase(people.get(person).email));
        people.get(person).erased = true;
        people.get(person).gone = open(person).stream().anyMatch(w -> w.leaves() && w.hides);
        erased.add(person + " " + people.get(person).born);
        holds.removeIf(h -> h.person() == person);
        open(person).forEach(w -> {
            w.members.clear();
            w.state = "erased";
        });
        wishes.stream().filter(w -> w.person == person).forEach(w -> w.forgotten = true);
    }

    void removePost(long id) {
        posts.remove(id);
        likes.values().removeIf(l -> l.post == id);
    }

    // -- the gate

    /** The gate's answer, without its moment. A login block of 24 hours holds to its end, also after the person came back. */
    String gate(long person, Instant now) {
        if (people.get(person).erased) {
            return "erased";
        }
        boolean blocked = wishes.stream()
                .filter(w -> w.person == person && !w.forgotten && w.flow == AccountFlow.DEACTIVATE)
                .anyMatch(w -> w.at.plus(Duration.ofHours(24)).isAfter(now));
        Set<AccountFlow> flows = new HashSet<>();
        open(person).forEach(w -> flows.add(w.flow));
        if (blocked || flows.isEmpty()) {
            return blocked ? "blocked" : "allowed";
        }
        return flows.contains(AccountFlow.DEACTIVATE) ? "deactivated" : "scheduled";
    }

    // -- comparing

    /** As {@link #STATES} has it. */
    List<String> states() {
        Map<String, Integer> counted = new TreeMap<>();
        wishes.forEach(w -> counted.merge(w.flow.word() + " " + w.at + " " + w.state, 1, Integer::sum));
        return counted.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .toList();
    }

    /** When nothing is hidden any more: the rows in the form of {@link #ROWS}. */
    Set<String> rows() {
        Set<String> rows = new TreeSet<>();
        people.forEach((id, p) -> {
            if (!p.erased) {
                rows.add("person " + id + " " + p.email + " " + text(p.name) + " " + text(p.bio) + " ");
            } else if (!rowsGo) {
                rows.add("person " + id + " deleted-" + id + "@erased.invalid ~ ~ " + (p.gone ? "gone" : ""));
            }
        });
        sessions.forEach((id, person) -> rows.add("session " + id + " " + person));
        members.forEach((key, role) -> rows.add("member " + key + " " + role));
        posts.forEach((id, p) ->
                rows.add("post " + id + " " + p.person + " " + text(p.body) + " " + p.visible + " " + text(p.deleted)));
        likes.forEach((id, l) -> rows.add("like " + id + " " + l.post + " " + l.person));
        mails.forEach((id, to) -> rows.add("mail " + id + " " + to));
        return rows;
    }

    private static String text(String value) {
        return value == null ? "~" : value;
    }

    static final String ROWS = """
            SELECT 'person ' || concat_ws(' ', id, email, coalesce(name, '~'), coalesce(bio, '~'), CASE WHEN gone_at IS NULL THEN '' ELSE 'gone' END) FROM people
            UNION ALL SELECT 'session ' || id || ' ' || person FROM sessions
            UNION ALL SELECT 'member ' || guild || ',' || person || ' ' || role FROM members
            UNION ALL SELECT 'post ' || concat_ws(' ', id, person, coalesce(body, '~'), visible::text, coalesce(to_char(deleted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '~')) FROM posts
            UNION ALL SELECT 'like ' || concat_ws(' ', id, post, person) FROM likes
            UNION ALL SELECT 'mail ' || id || ' ' || sent_to FROM mails
            """;

    static final String STATES = """
            SELECT concat_ws(' ', kind, to_char(requested_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), state, count(*))
            FROM exeunt.request GROUP BY kind, requested_at, state
            """;
}

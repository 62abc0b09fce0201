package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.due.RequestClaims;
import dev.exeunt.internal.request.LifecycleModel.ModelLike;
import dev.exeunt.internal.request.LifecycleModel.ModelPerson;
import dev.exeunt.internal.request.LifecycleModel.ModelPost;
import dev.exeunt.internal.request.LifecycleModel.ModelRequest;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import dev.exeunt.testkit.SeededRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/** Runs one random sequence of actions on the product and the model, and compares them. */
final class LifecycleSimulation {

    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration LOOK_AGAIN = Duration.ofHours(6);

    private final SimulationContext stage;
    private final ExecutorService workers;
    private final SeededRandom dice;
    private final LifecycleModel expected = new LifecycleModel();
    private final SimulatedHolds holds;
    private final List<String> story = new ArrayList<>();
    private long lastId = 100;

    private LifecycleSimulation(SimulationContext stage, ExecutorService workers, long seed) {
        this.stage = stage;
        this.workers = workers;
        this.dice = new SeededRandom(seed);
        this.holds = new SimulatedHolds(stage, expected, dice);
    }

    static void run(SimulationContext stage, ExecutorService workers, long seed) {
        LifecycleSimulation sequence = new LifecycleSimulation(stage, workers, seed);
        try {
            sequence.run();
        } catch (SQLException | RuntimeException | AssertionError e) {
            throw new AssertionError("-Dexeunt.seed=" + seed + ": " + e + "\n" + String.join("\n", sequence.story), e);
        }
    }

    private void run() throws SQLException {
        stage.guilds.reset();
        write("UPDATE posts SET deleted_at = '2026-02-01T00:00:00Z' WHERE id = 2"); // whatever this session's zone
        int sentences = 8 + dice.below(12);
        for (int i = 0; i < sentences; i++) {
            stage.guilds.clock().advance(Duration.ofSeconds(1));
            sentence();
            assertThat(column(LifecycleModel.STATES)).containsExactlyInAnyOrderElementsOf(expected.states());
            if (i % 3 == 0) {
                gate(i / 3);
            }
            hidden();
        }
        end();
        assertThat(new TreeSet<>(column(LifecycleModel.ROWS))).isEqualTo(expected.rows());
        assertThat(column("SELECT 'x' FROM exeunt.legal_hold WHERE subject IS NULL OR reason IS NULL"))
                .as("no hold on a whole person outlives the person")
                .isEmpty();
        assertThat(
                        column(
                                "SELECT 'x' FROM exeunt.hidden UNION ALL SELECT 'x' FROM exeunt.undo UNION ALL SELECT 'x' FROM exeunt.stash"))
                .as("nothing is kept for coming back")
                .isEmpty();
        assertThat(
                        column(
                                "SELECT request::text FROM exeunt.event WHERE name = 'user.erased' GROUP BY 1 HAVING count(*) > 1"))
                .as("erased twice")
                .isEmpty();
    }

    /** Asks the gate about one person after the other. */
    private void gate(int sentence) {
        List<Long> people = List.copyOf(expected.people.keySet());
        long person = people.get(sentence % people.size());
        assertThat(stage.requests.gate("" + person, null).state().word())
                .as("the gate of " + person)
                .isEqualTo(expected.gate(person, now()));
    }

    private void sentence() throws SQLException {
        switch (dice.below(14)) {
            case 0, 1, 2 -> ask();
            case 3 -> withdraw(dice.one(expected.present()), dice.chance(50));
            case 4, 5 -> post();
            case 6 -> like();
            case 7 -> edit();
            case 8 -> account();
            case 9 -> step();
            case 10 -> vanish();
            case 11 -> told(holds.place());
            case 12 -> told(holds.release());
            default -> reap();
        }
    }

    private Instant now() {
        return stage.guilds.clock().instant();
    }

    private void told(String what) {
        story.add(now() + " " + what);
    }

    // -- what people do

    private void ask() {
        if (expected.present().isEmpty()) {
            return;
        }
        long person = dice.one(expected.present());
        AccountFlow flow = dice.one(AccountFlow.values());
        boolean open = expected.open(person).stream().anyMatch(w -> w.flow == flow);
        boolean needed = flow != AccountFlow.DELETE_DATA && expected.needed(person, w -> w.person != person);
        told("ask " + person + " " + flow.word());
        try {
            stage.requests.submit(NewRequest.self(flow, "" + person)
                    .typing(expected.people.get(person).email.toUpperCase(java.util.Locale.ROOT))
                    .acknowledging(stage.requests
                            .previewRequest(flow, "" + person)
                            .warnings()
                            .digest()));
        } catch (RequestRefusedException e) {
            assertThat(e.why()).isEqualTo(RequestRefusalReason.GUARDED);
            assertThat(needed && !open).as("refused, and needed").isTrue();
            return;
        }
        if (!open) {
            assertThat(needed).as("let go, though needed").isFalse();
            expected.ask(person, flow, now());
        }
    }

    private void withdraw(long person, boolean reactivate) {
        told((reactivate ? "reactivate " : "cancel ") + person);
        ModelRequest wish = expected.open(person).stream()
                .filter(w -> (w.flow == AccountFlow.DEACTIVATE) == reactivate)
                .reduce((a, b) -> a.flow.compareTo(b.flow) > 0 ? a : b)
                .orElse(null);
        try {
            if (reactivate) {
                stage.requests.reactivate("" + person, Actor.SELF, null);
            } else {
                stage.requests.cancel("" + person, Actor.SELF, null);
            }
        } catch (RequestRefusedException e) {
            assertThat(e.why())
                    .isEqualTo(wish == null ? RequestRefusalReason.NOTHING_OPEN : RequestRefusalReason.TOO_LATE);
            assertThat(wish == null || wish.state.equals("erasing")).isTrue();
            return;
        }
        assertThat(wish).isNotNull();
        assertThat(wish.state).isNotEqualTo("erasing");
        expected.takenBack(wish, reactivate ? "reactivated" : "cancelled");
    }

    // -- what the application does

    private void post() throws SQLException {
        if (expected.present().isEmpty()) {
            return;
        }
        long person = dice.one(expected.present());
        long id = ++lastId;
        told("post " + id + " by " + person);
        write("INSERT INTO posts VALUES (" + id + ", " + person + ", 'new', true, NULL, '" + now() + "')");
        expected.posts.put(id, new ModelPost(person, "new", true, null));
    }

    private void like() throws SQLException {
        List<Long> posts = List.copyOf(expected.posts.keySet());
        if (posts.isEmpty() || expected.present().isEmpty()) {
            return;
        }
        long id = ++lastId;
        long post = dice.one(posts);
        long person = dice.one(expected.present());
        told("like " + id + " of " + post + " by " + person);
        write("INSERT INTO likes VALUES (" + id + ", " + post + ", " + person + ", '" + now() + "')");
        expected.likes.put(id, new ModelLike(post, person));
    }

    /** Of rows that may be hidden at the time. */
    private void edit() throws SQLException {
        List<Long> posts = List.copyOf(expected.posts.keySet());
        long id = posts.isEmpty() ? 0 : dice.one(posts);
        int which = dice.below(8);
        told("edit " + which + " " + id);
        switch (which) {
            case 0 -> with(id, "UPDATE posts SET body = 'edited' WHERE id = ", p -> p.body = "edited");
            case 1 -> with(id, "UPDATE posts SET visible = true WHERE id = ", p -> p.visible = true);
            case 2 ->
                with(
                        id,
                        "UPDATE posts SET deleted_at = '" + now() + "' WHERE deleted_at IS NULL AND id = ",
                        p -> p.deleted = now().toString());
            case 3 -> with(id, "UPDATE posts SET deleted_at = NULL WHERE id = ", p -> p.deleted = null);
            case 4 -> {
                write("DELETE FROM likes WHERE post = " + id);
                write("DELETE FROM posts WHERE id = " + id);
                expected.removePost(id);
            }
            case 5 -> {
                long like = expected.likes.isEmpty() ? 0 : dice.one(List.copyOf(expected.likes.keySet()));
                if (write("DELETE FROM likes WHERE id = " + like) == 1) {
                    expected.likes.remove(like);
                }
            }
            default -> {
                if (!expected.present().isEmpty()) {
                    long person = dice.one(expected.present());
                    boolean name = which == 6;
                    write("UPDATE people SET " + (name ? "name" : "bio") + " = 'Edited' WHERE id = " + person);
                    ModelPerson of = expected.people.get(person);
                    of.name = name ? "Edited" : of.name;
                    of.bio = name ? of.bio : "Edited";
                }
            }
        }
    }

    private void with(long id, String sql, java.util.function.Consumer<ModelPost> change) throws SQLException {
        if (write(sql + id) == 1) {
            change.accept(expected.posts.get(id));
        }
    }

    /** Somebody new, or somebody who signs in, or becomes an owner, or is none any more. */
    private void account() throws SQLException {
        long id = ++lastId;
        switch (dice.below(4)) {
            case 0 -> {
                told("new account " + id);
                write("INSERT INTO people VALUES (" + id + ", 'p" + id + "@x.test', 'New', NULL, NULL)");
                write("INSERT INTO mails VALUES (" + id + ", 'P" + id + "@x.test')");
                expected.people.put(id, new ModelPerson("p" + id + "@x.test", "New", null));
                expected.mails.put(id, "P" + id + "@x.test");
            }
            case 1 -> {
                if (!expected.present().isEmpty()) {
                    long person = dice.one(expected.present());
                    told("session of " + person);
                    write("INSERT INTO sessions VALUES (" + id + ", " + person + ")");
                    expected.sessions.put(id, person);
                }
            }
            case 2 -> {
                List<Long> staying = expected.present().stream()
                        .filter(p -> expected.open(p).isEmpty())
                        .toList();
                if (!staying.isEmpty()) {
                    long person = dice.one(staying);
                    long guild = 1 + dice.below(2);
                    told("owner of " + guild + ": " + person);
                    write("INSERT INTO members VALUES (" + guild + ", " + person
                            + ", 'owner') ON CONFLICT (guild, person) DO UPDATE SET role = 'owner'");
                    expected.members.put(guild + "," + person, "owner");
                }
            }
            default -> {
                List<String> members = List.copyOf(expected.members.keySet());
                if (!members.isEmpty()) {
                    String key = dice.one(members);
                    told("no member any more: " + key);
                    write("DELETE FROM members WHERE (guild, person) = (" + key + ")");
                    expected.members.remove(key);
                }
            }
        }
    }

    // -- what time does

    private void step() {
        List<ModelRequest> open = expected.wishes.stream()
                .filter(w -> w.open() && w.due.isAfter(now().plusSeconds(2)))
                .toList();
        Instant to = now().plus(dice.one(LEASE, LOOK_AGAIN, Duration.ofDays(1), Duration.ofDays(9)));
        if (!open.isEmpty() && dice.chance(70)) {
            Instant due = dice.one(open).due;
            to = dice.chance(40) ? due.minusSeconds(1) : due;
        }
        stage.guilds.clock().set(to);
        told("it is " + to);
    }

    // -- what workers do

    /** Claims what is due, and is not heard of any more. */
    private void vanish() {
        told("vanish");
        RequestClaims claims = new RequestClaims("gone", LEASE);
        RequestTransaction.runAndCommit(
                stage.context, "claiming", transaction -> claims.claimDue(transaction, null, 100));
        expected.due(now()).forEach(w -> {
            w.state = "erasing";
            w.next = now().plus(LEASE);
        });
    }

    private void reap() throws SQLException {
        int many = 1 + dice.below(3);
        told("reap by " + many);
        List<ModelRequest> due = expected.due(now());
        List<CompletableFuture<ReapResult>> reaping = Stream.iterate(0, i -> i + 1)
                .limit(many)
                .map(i -> CompletableFuture.supplyAsync(() -> stage.requests.eraseDue("w" + i), workers))
                .toList();
        int failed = 0;
        for (CompletableFuture<ReapResult> each : reaping) {
            failed += each.join().failed();
        }
        assertThat(failed).as(() -> "failed: " + failures()).isZero();
        carriedOut(due);
    }

    private String failures() {
        return String.join(
                "; ", stage.guilds.database().column("SELECT failure FROM exeunt.request WHERE failure IS NOT NULL"));
    }

    /** Where several owners are due at once, who of them is last depends on who was first; then the database tells. */
    private void carriedOut(List<ModelRequest> due) throws SQLException {
        Set<String> guilds = ownedGuilds();
        boolean race = due.stream()
                        .filter(ModelRequest::leaves)
                        .map(w -> w.person)
                        .distinct()
                        .filter(this::owns)
                        .count()
                > 1;
        List<String> states = race ? column(LifecycleModel.STATES) : List.of();
        for (ModelRequest wish : due) {
            if (!wish.open()) {
                continue; // gone with another wish of theirs
            }
            boolean blocked = race && wish.leaves() && owns(wish.person)
                    ? states.contains(wish.flow.word() + " " + wish.at + " blocked 1")
                    : wish.leaves() && expected.blockedWhenDue(wish);
            if (blocked) {
                wish.state = "blocked";
                wish.next = now().plus(LOOK_AGAIN);
            } else {
                expected.erased(wish);
            }
        }
        assertThat(ownedGuilds())
                .as("no guild has lost its last owner to an erasure")
                .isEqualTo(guilds);
    }

    private Set<String> ownedGuilds() {
        Set<String> owned = new TreeSet<>();
        Stream.concat(Stream.of(expected.members), expected.wishes.stream().map(w -> w.members))
                .map(Map::entrySet)
                .flatMap(Set::stream)
                .filter(e -> e.getValue().equals("owner"))
                .forEach(e -> owned.add(e.getKey().split(",", 2)[0]));
        return owned;
    }

    private boolean owns(long person) {
        return Stream.concat(
                        Stream.of(expected.members), expected.wishes.stream().map(w -> w.members))
                .map(Map::entrySet)
                .flatMap(Set::stream)
                .anyMatch(e -> e.getKey().endsWith("," + person) && e.getValue().equals("owner"));
    }

    // -- what must hold

    /** What somebody had when they asked is out of sight until they are back, unless the application itself shows it again. */
    private void hidden() throws SQLException {
        for (ModelRequest wish : expected.wishes) {
            if (wish.open()) {
                Set<String> shown = new TreeSet<>(column("SELECT id::text FROM likes WHERE person = " + wish.person));
                wish.likes.stream()
                        .filter(expected.likes::containsKey)
                        .forEach(l -> assertThat(shown)
                                .as("likes of %d in sight", wish.person)
                                .doesNotContain("" + l));
            }
        }
        for (ModelRequest wish : expected.wishes) {
            if (wish.open()
                    && wish.flow == AccountFlow.DELETE_DATA
                    && expected.open(wish.person).size() == 1) {
                Set<String> shown = new TreeSet<>(
                        column("SELECT id::text FROM posts WHERE deleted_at IS NULL AND person = " + wish.person));
                expected.posts.forEach((id, p) -> {
                    if (p.person == wish.person && p.deleted == null && !wish.posts.contains(id)) {
                        assertThat(shown).as("made after delete-data").contains("" + id);
                    }
                });
            }
        }
    }

    /** Everybody comes back, or is erased when the last is due. */
    private void end() throws SQLException {
        holds.releaseAll();
        if (dice.chance(50)) {
            for (long person : expected.present()) {
                for (ModelRequest wish : expected.open(person)) {
                    withdraw(person, wish.flow == AccountFlow.DEACTIVATE);
                }
            }
        }
        for (int i = 0; i < 3 && expected.wishes.stream().anyMatch(ModelRequest::open); i++) {
            stage.guilds.clock().advance(Duration.ofDays(31));
            reap();
        }
        for (long person : expected.present()) { // whom a guard still needs
            for (ModelRequest wish : expected.open(person)) {
                withdraw(person, wish.flow == AccountFlow.DEACTIVATE);
            }
        }
    }

    private long write(String sql) throws SQLException {
        try (Statement statement = stage.application.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private List<String> column(String sql) throws SQLException {
        try (Statement statement = stage.application.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}

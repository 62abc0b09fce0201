package dev.exeunt.internal.request;

import dev.exeunt.internal.request.LifecycleModel.ModelLike;
import dev.exeunt.internal.request.LifecycleModel.ModelPerson;
import dev.exeunt.internal.request.LifecycleModel.ModelPost;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** Does in a simulated story what the application does with its own rows, and tells the model. */
final class SimulatedApplication {

    private final SimulatedStory story;

    SimulatedApplication(SimulatedStory story) {
        this.story = story;
    }

    private long present() {
        return story.dice.one(story.expected.present());
    }

    void post() throws SQLException {
        if (story.expected.present().isEmpty()) {
            return;
        }
        long person = present();
        long id = story.nextId();
        story.tell("post " + id + " by " + person);
        story.write("INSERT INTO posts VALUES (" + id + ", " + person + ", 'new', true, NULL, '" + story.now() + "')");
        story.expected.posts.put(id, new ModelPost(person, story.now(), "new", true, null));
    }

    void like() throws SQLException {
        List<Long> posts = List.copyOf(story.expected.posts.keySet());
        if (posts.isEmpty() || story.expected.present().isEmpty()) {
            return;
        }
        long id = story.nextId();
        long post = story.dice.one(posts);
        long person = present();
        story.tell("like " + id + " of " + post + " by " + person);
        story.write("INSERT INTO likes VALUES (" + id + ", " + post + ", " + person + ", '" + story.now() + "')");
        story.expected.likes.put(id, new ModelLike(post, person, story.now()));
    }

    /** Of rows that may be hidden at the time. */
    void edit() throws SQLException {
        List<Long> posts = List.copyOf(story.expected.posts.keySet());
        long id = posts.isEmpty() ? 0 : story.dice.one(posts);
        int which = story.dice.below(8);
        story.tell("edit " + which + " " + id);
        switch (which) {
            case 0 -> with(id, "UPDATE posts SET body = 'edited' WHERE id = ", p -> p.body = "edited");
            case 1 -> with(id, "UPDATE posts SET visible = true WHERE id = ", p -> p.visible = true);
            case 2 ->
                with(
                        id,
                        "UPDATE posts SET deleted_at = '" + story.now() + "' WHERE deleted_at IS NULL AND id = ",
                        p -> p.deleted = story.now().toString());
            case 3 -> with(id, "UPDATE posts SET deleted_at = NULL WHERE id = ", p -> p.deleted = null);
            case 4 -> {
                story.write("DELETE FROM likes WHERE post = " + id);
                story.write("DELETE FROM posts WHERE id = " + id);
                story.expected.removePost(id);
            }
            case 5 -> {
                List<Long> likes = List.copyOf(story.expected.likes.keySet());
                long like = likes.isEmpty() ? 0 : story.dice.one(likes);
                if (story.write("DELETE FROM likes WHERE id = " + like) == 1) {
                    story.expected.likes.remove(like);
                }
            }
            default -> editPerson(which == 6);
        }
    }

    private void editPerson(boolean name) throws SQLException {
        if (!story.expected.present().isEmpty()) {
            long person = present();
            story.write("UPDATE people SET " + (name ? "name" : "bio") + " = 'Edited' WHERE id = " + person);
            ModelPerson of = story.expected.people.get(person);
            of.name = name ? "Edited" : of.name;
            of.bio = name ? of.bio : "Edited";
        }
    }

    private void with(long id, String sql, Consumer<ModelPost> change) throws SQLException {
        if (story.write(sql + id) == 1) {
            change.accept(story.expected.posts.get(id));
        }
    }

    /** A new person, or a person who signs in, or becomes an owner, or is none any more. */
    void account() throws SQLException {
        switch (story.dice.below(4)) {
            case 0 -> newPerson();
            case 1 -> signIn();
            case 2 -> newOwner();
            default -> leaveGuild();
        }
    }

    /** With a new key, or that of a person whose row is gone. */
    private void newPerson() throws SQLException {
        List<Long> free = story.expected.people.keySet().stream()
                .filter(p -> story.product.rowsGo() && story.expected.people.get(p).erased)
                .toList();
        add(free.isEmpty() || story.dice.chance(50) ? story.nextId() : story.dice.one(free));
    }

    /** Adds a person with this key, which no row has. */
    void add(long key) throws SQLException {
        if (!story.birth()) {
            return;
        }
        String mail = "p" + key + "b" + story.nextId() + "@x.test";
        long id = story.nextId();
        story.tell("new account " + key);
        story.write(
                "INSERT INTO people VALUES (" + key + ", '" + mail + "', 'New', NULL, NULL, '" + story.now() + "')");
        story.write("INSERT INTO mails VALUES (" + id + ", '" + mail.toUpperCase(java.util.Locale.ROOT) + "')");
        story.expected.people.put(key, new ModelPerson(story.now(), mail, "New", null));
        story.expected.mails.put(id, mail.toUpperCase(java.util.Locale.ROOT));
    }

    private void signIn() throws SQLException {
        if (!story.expected.present().isEmpty()) {
            long id = story.nextId();
            long person = present();
            story.tell("session of " + person);
            story.write("INSERT INTO sessions VALUES (" + id + ", " + person + ")");
            story.expected.sessions.put(id, person);
        }
    }

    private void newOwner() throws SQLException {
        List<Long> staying = story.expected.present().stream()
                .filter(p -> story.expected.open(p).isEmpty())
                .toList();
        if (!staying.isEmpty()) {
            own(story.dice.one(staying), 1 + story.dice.below(2));
        }
    }

    void own(long person, long guild) throws SQLException {
        story.tell("owner of " + guild + ": " + person);
        story.write("INSERT INTO members VALUES (" + guild + ", " + person
                + ", 'owner') ON CONFLICT (guild, person) DO UPDATE SET role = 'owner'");
        story.expected.members.put(guild + "," + person, "owner");
    }

    private void leaveGuild() throws SQLException {
        List<String> members = List.copyOf(story.expected.members.keySet());
        if (!members.isEmpty()) {
            String key = story.dice.one(members);
            story.tell("no member any more: " + key);
            story.write("DELETE FROM members WHERE (guild, person) = (" + key + ")");
            story.expected.members.remove(key);
        }
    }
}

package dev.exeunt.spring;

import static dev.exeunt.spring.Mutation.perhaps;
import static dev.exeunt.spring.Mutation.refused;

import dev.exeunt.spring.signin.Door.Who;
import dev.exeunt.testkit.Dice;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Requests of somebody who is not, or may not, or no longer. */
final class Imposture {

    private Imposture() {}

    /** Whoever has not shown who they are is refused. */
    static Mutation of(Host host, Valid valid, Dice dice) {
        Message m = valid.message();
        return switch (valid.door()) {
            case ANYONE -> link(host, valid, dice);
            case SERVICE ->
                refused(
                        "another's credential",
                        m.token(dice.one(
                                valid.by().token(),
                                valid.by().staff(),
                                Host.SERVICE.substring(1),
                                Host.SERVICE + Host.SERVICE,
                                Host.SERVICE.toUpperCase(Locale.ROOT),
                                "")));
            case PERSON -> valid.byCookie() ? cookie(valid, dice) : token(host, valid, dice);
            case STAFF ->
                dice.chance(20) ? refused("not staff", m.token(valid.by().token())) : token(host, valid, dice);
        };
    }

    private static Mutation token(Host host, Valid valid, Dice dice) {
        Message m = valid.message();
        boolean staff = valid.door() == Who.STAFF;
        Forgeries forgeries = new Forgeries(host, Host.SECRET, valid.by().claims(host, staff), dice);
        String good = m.headers().stream()
                .filter(h -> h.startsWith("Authorization"))
                .findFirst()
                .orElseThrow();
        return switch (dice.below(8)) {
            case 0 -> perhaps("odd claims", m.token(forgeries.odd()));
            case 1 ->
                refused(
                        "not a token",
                        m.token(dice.one(
                                Stranger.entry(host, valid.by().key()),
                                valid.by().cookie().split("=", 2)[1],
                                valid.by().link(),
                                Host.SERVICE)));
            case 2 ->
                refused(
                        "another scheme",
                        m.without("Authorization")
                                .plus(good.replaceFirst("Bearer ", dice.one("Basic ", "", "Bearer", "Token ", "\t"))));
            case 3 -> refused("a forged one first", m.first("Authorization: Bearer " + forgeries.any()));
            default -> refused("forged", m.token(forgeries.any()));
        };
    }

    private static Mutation cookie(Valid valid, Dice dice) {
        Message bare = valid.message().without("Cookie");
        String good = valid.by().cookie();
        int sign = good.indexOf('=') + 1;
        boolean changes = !valid.message().method().equals("GET");
        String altered =
                good.substring(0, sign) + new Forgeries(null, "", Map.of(), dice).altered(good.substring(sign));
        return switch (dice.below(5)) {
            case 0 -> refused("no cookie", bare);
            case 1 -> refused("altered cookie", bare.plus("Cookie: " + altered));
            case 2 -> refused("cut cookie", bare.plus("Cookie: " + good.substring(0, dice.below(good.length()))));
            case 3 -> refused("a forged cookie first", bare.plus("Cookie: " + altered + "; " + good));
            default -> {
                Message unmeant = valid.message().without("X-Exeunt-Csrf");
                String csrf = valid.by().csrf();
                Message other = dice.chance(50)
                        ? unmeant
                        : unmeant.plus("X-Exeunt-Csrf: "
                                + dice.one("", "x", "0".repeat(64), csrf.substring(2), csrf + csrf, "é" + csrf));
                yield new Mutation("a form of another site's", other, changes);
            }
        };
    }

    private static Mutation link(Host host, Valid valid, Dice dice) {
        Message m = valid.message();
        boolean download = m.target().contains("/download/");
        if (download || m.target().contains("/receipt/")) {
            String good = download ? valid.by().link() : valid.by().receipt();
            String other = dice.one(
                    new Forgeries(host, "", Map.of(), dice).altered(good),
                    good.substring(0, dice.below(good.length())),
                    good + good,
                    good.substring(1) + good.charAt(0));
            return new Mutation("altered link", m.to(m.target().replace(good, other)), !other.equals(good));
        }
        if (m.target().contains("/enter")) {
            Map<String, Object> claims = new TreeMap<>(valid.by().claims(host, false));
            claims.put("exp", (long) claims.get("iat") + 300);
            claims.put("jti", "1");
            boolean ours = dice.chance(80);
            if (ours) {
                claims.put("aud", "exeunt-enter");
            }
            Forgeries forgeries = new Forgeries(host, Host.HAND_OFF, claims, dice);
            String other =
                    ours ? forgeries.any() : Forgeries.sign("{\"alg\":\"HS256\"}", claims, "HmacSHA256", Host.HAND_OFF);
            return refused(
                    "forged link",
                    valid.writes()
                            ? m.body(Message.utf8("{\"token\": \"" + other + "\"}"))
                            : m.to(valid.path() + "?token=" + other.replace(' ', '+')));
        }
        return Mutation.query(valid, dice);
    }
}

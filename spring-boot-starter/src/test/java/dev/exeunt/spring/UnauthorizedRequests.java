package dev.exeunt.spring;

import static dev.exeunt.spring.MutatedRequest.perhaps;
import static dev.exeunt.spring.MutatedRequest.refused;

import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.testkit.SeededRandom;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes requests with missing, invalid or foreign credentials. */
final class UnauthorizedRequests {

    private UnauthorizedRequests() {}

    /** Whoever has not shown who they are is refused. */
    static MutatedRequest of(SpringTestApplication host, ValidRequest valid, SeededRandom dice) {
        RawRequest m = valid.message();
        return switch (valid.access()) {
            case PUBLIC -> link(host, valid, dice);
            case SERVICE ->
                refused(
                        "another's credential",
                        m.token(dice.one(
                                valid.by().token(),
                                valid.by().staff(),
                                SpringTestApplication.SERVICE.substring(1),
                                SpringTestApplication.SERVICE + SpringTestApplication.SERVICE,
                                SpringTestApplication.SERVICE.toUpperCase(Locale.ROOT),
                                "")));
            case PERSON -> valid.byCookie() ? cookie(valid, dice) : token(host, valid, dice);
            case STAFF ->
                dice.chance(20) ? refused("not staff", m.token(valid.by().token())) : token(host, valid, dice);
        };
    }

    private static MutatedRequest token(SpringTestApplication host, ValidRequest valid, SeededRandom dice) {
        RawRequest m = valid.message();
        boolean staff = valid.access() == CallerKind.STAFF;
        ForgedTokens forgeries =
                new ForgedTokens(host, SpringTestApplication.SECRET, valid.by().claims(host, staff), dice);
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
                                AttackerAccount.entry(host, valid.by().key()),
                                valid.by().cookie().split("=", 2)[1],
                                valid.by().link(),
                                SpringTestApplication.SERVICE)));
            case 2 ->
                refused(
                        "another scheme",
                        m.without("Authorization")
                                .plus(good.replaceFirst("Bearer ", dice.one("Basic ", "", "Bearer", "Token ", "\t"))));
            case 3 -> refused("a forged one first", m.first("Authorization: Bearer " + forgeries.any()));
            default -> refused("forged", m.token(forgeries.any()));
        };
    }

    private static MutatedRequest cookie(ValidRequest valid, SeededRandom dice) {
        RawRequest bare = valid.message().without("Cookie");
        String good = valid.by().cookie();
        int sign = good.indexOf('=') + 1;
        boolean changes = !valid.message().method().equals("GET");
        String altered =
                good.substring(0, sign) + new ForgedTokens(null, "", Map.of(), dice).altered(good.substring(sign));
        return switch (dice.below(5)) {
            case 0 -> refused("no cookie", bare);
            case 1 -> refused("altered cookie", bare.plus("Cookie: " + altered));
            case 2 -> refused("cut cookie", bare.plus("Cookie: " + good.substring(0, dice.below(good.length()))));
            case 3 -> refused("a forged cookie first", bare.plus("Cookie: " + altered + "; " + good));
            default -> {
                RawRequest unmeant = valid.message().without("X-Exeunt-Csrf");
                String csrf = valid.by().csrf();
                RawRequest other = dice.chance(50)
                        ? unmeant
                        : unmeant.plus("X-Exeunt-Csrf: "
                                + dice.one("", "x", "0".repeat(64), csrf.substring(2), csrf + csrf, "é" + csrf));
                yield new MutatedRequest("a form of another site's", other, changes);
            }
        };
    }

    private static MutatedRequest link(SpringTestApplication host, ValidRequest valid, SeededRandom dice) {
        RawRequest m = valid.message();
        boolean download = m.target().contains("/download/");
        if (download || m.target().contains("/receipt/")) {
            String good = download ? valid.by().link() : valid.by().receipt();
            String other = dice.one(
                    new ForgedTokens(host, "", Map.of(), dice).altered(good),
                    good.substring(0, dice.below(good.length())),
                    good + good,
                    good.substring(1) + good.charAt(0));
            return new MutatedRequest("altered link", m.to(m.target().replace(good, other)), !other.equals(good));
        }
        if (m.target().contains("/enter")) {
            Map<String, Object> claims = new TreeMap<>(valid.by().claims(host, false));
            claims.put("exp", (long) claims.get("iat") + 300);
            claims.put("jti", "1");
            boolean ours = dice.chance(80);
            if (ours) {
                claims.put("aud", "exeunt-enter");
            }
            ForgedTokens forgeries = new ForgedTokens(host, SpringTestApplication.HAND_OFF, claims, dice);
            String other = ours
                    ? forgeries.any()
                    : ForgedTokens.sign("{\"alg\":\"HS256\"}", claims, "HmacSHA256", SpringTestApplication.HAND_OFF);
            return refused(
                    "forged link",
                    valid.writes()
                            ? m.body(RawRequest.utf8("{\"token\": \"" + other + "\"}"))
                            : m.to(valid.path() + "?token=" + other.replace(' ', '+')));
        }
        return MutatedRequest.query(valid, dice);
    }
}

package dev.exeunt.needle;

import dev.exeunt.testkit.SeededRandom;
import java.util.UUID;

/**
 * Describes the person whose data is planted.
 *
 * @param type of the key
 * @param other another person's key
 */
record NeedlePerson(String type, String key, String other, String email, String name) {

    private static final String[] FIRST = {"Anna", "Bo", "Çelik", "Zoë", "Li", "Øystein", "Maria-Luz", "Jean"};
    private static final String[] LAST = {
        "Karenina", "d'Arc", "Åkesson", "Wongsakul", "O'Neill", "Straße", "Nakamura", "van der Berg"
    };

    static NeedlePerson of(SeededRandom dice, int number) {
        String name = (dice.one(FIRST) + " " + dice.one(LAST) + (number == 0 ? "" : " " + number)).replace("'", "’");
        String email =
                dice.one("a", "mail.", "x+") + "p" + number + dice.below(90) + "@example" + dice.below(9) + ".org";
        return switch (dice.below(4)) {
            case 0 -> new NeedlePerson("uuid", uuid(dice), uuid(dice), email, name);
            case 1 -> new NeedlePerson("bigint", "" + (11 + dice.below(80)), "" + (200 + dice.below(80)), email, name);
            case 2 ->
                new NeedlePerson(
                        "bigint",
                        "" + (7_100_000L + dice.below(800_000)),
                        "" + (8_100_000L + dice.below(9)),
                        email,
                        name);
            default ->
                new NeedlePerson(
                        "text",
                        "usr_" + Integer.toHexString(0x1000_0000 + dice.below(99_999_999)),
                        "usr_other",
                        email,
                        name);
        };
    }

    private static String uuid(SeededRandom dice) {
        return new UUID((long) dice.below(Integer.MAX_VALUE) << 20, dice.below(Integer.MAX_VALUE)).toString();
    }

    boolean isNumber() {
        return type.equals("bigint");
    }

    /** Whether nothing tells the key from other numbers. */
    boolean isShort() {
        return key.length() < 6;
    }

    String literal() {
        return "'" + key + "'";
    }
}

package dev.exeunt.spring;

import dev.exeunt.testkit.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Other texts that a careless decoder would read as the same token. */
final class TokenMutation {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private TokenMutation() {}

    /** Never the token itself. */
    static String of(String token, SeededRandom dice) {
        String other = mutated(token, dice);
        return other.equals(token) ? of(token, dice) : other;
    }

    private static String mutated(String token, SeededRandom dice) {
        int at = dice.below(token.length());
        String head = token.substring(0, at);
        String tail = token.substring(at + 1);
        char was = token.charAt(at);
        return switch (dice.below(13)) {
            case 0 -> partsEnd(token, dice, String.valueOf(ALPHABET.charAt(dice.below(64))), 1);
            case 1 -> partsEnd(token, dice, dice.one("=", "==", "===", "A", "!", " "), 0);
            case 2 -> head + dice.one("=", " ", "!", "\t", ".", "~", "*", "%", "+", "/", "é", "\u200b") + was + tail;
            case 3 -> head + ALPHABET.charAt(dice.below(64)) + tail;
            case 4 -> head + (Character.isUpperCase(was) ? lower(was) : upper(was)) + tail;
            case 5 -> token.replace('-', '+').replace('_', '/') + dice.one("", "=");
            case 6 -> head + tail;
            case 7 -> tail + was + head;
            case 8 -> token + dice.one("", ".", " ", ",") + token;
            case 9 -> dice.one("\"", " ", "=", "Bearer ") + token + dice.one("\"", " ", "");
            case 10 -> head + (char) (was + 0x100) + tail;
            case 11 -> head + percent(was) + tail;
            default -> partsEnd(token, dice, dice.one("AA", "--", "__", "A=", "-="), 2);
        };
    }

    /** The end of one of its parts, where the unused bits are, replaced or gone on with. */
    private static String partsEnd(String token, SeededRandom dice, String end, int instead) {
        int dot = token.indexOf('.', dice.below(token.length()));
        int at = dot < 0 ? token.length() : dot;
        return token.substring(0, Math.max(0, at - instead)) + end + token.substring(at);
    }

    private static String lower(char c) {
        return String.valueOf(c).toLowerCase(Locale.ROOT);
    }

    private static String upper(char c) {
        return String.valueOf(c).toUpperCase(Locale.ROOT);
    }

    private static String percent(char c) {
        return "%" + Integer.toHexString(c);
    }

    /** As a part of a URL that arrives as this text. */
    static String encoded(String token) {
        StringBuilder url = new StringBuilder();
        for (byte b : token.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            url.append(ALPHABET.indexOf(c) >= 0 || c == '.' ? String.valueOf(c) : String.format("%%%02x", (int) c));
        }
        return url.toString();
    }
}

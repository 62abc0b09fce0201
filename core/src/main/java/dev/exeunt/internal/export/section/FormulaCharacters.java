package dev.exeunt.internal.export.section;

/** Tells in UTF-8 by which characters a spreadsheet knows a formula, and which it may strip before it. */
final class FormulaCharacters {

    private static final int LETTER = 'A';

    private FormulaCharacters() {}

    /** {@code = + - @}, and the same in full width, which East Asian spreadsheets take as well. */
    static boolean isFormula(byte[] text, int at, int end) {
        return switch (character(text, at, end)) {
            case '=', '+', '-', '@', 0xff1d, 0xff0b, 0xff0d, 0xff20 -> true;
            default -> false;
        };
    }

    /** What some spreadsheet takes for the end of a cell, besides the comma. */
    static boolean isSeparator(byte character) {
        return character == ';' || isWhiteSeparator(character);
    }

    static boolean isWhiteSeparator(byte character) {
        return character == '\t' || character == '\n' || character == '\r';
    }

    /**
     * Returns the bytes of a character that a spreadsheet may strip and that separates no cells: a blank, another control character, an
     * invisible character. Returns 0 where there is none.
     */
    static int blank(byte[] text, int at, int end) {
        int character = character(text, at, end);
        boolean blank = isControl(character)
                || switch (character) {
                    case ' ', 0xad, 0x1680, 0x180e, 0x3000, 0xfeff -> true;
                    default ->
                        character >= 0x2000 && character <= 0x200f
                                || character >= 0x2028 && character <= 0x202f
                                || character >= 0x205f && character <= 0x206f;
                };
        return blank ? bytes(character) : 0;
    }

    private static boolean isControl(int character) {
        return character > 0
                && (character < ' ' && !isWhiteSeparator((byte) character) || character >= 0x7f && character <= 0xa0);
    }

    private static int bytes(int character) {
        return character < 0x80 ? 1 : character < 0x800 ? 2 : 3;
    }

    /** Returns the character that begins there; some letter for one that needs four bytes, and at the end. */
    private static int character(byte[] text, int at, int end) {
        if (at >= end) {
            return LETTER;
        }
        int first = text[at];
        if (first >= 0) {
            return first;
        }
        if ((first & 0xe0) == 0xc0 && at + 1 < end) {
            return (first & 0x1f) << 6 | text[at + 1] & 0x3f;
        }
        if ((first & 0xf0) == 0xe0 && at + 2 < end) {
            return (first & 0x0f) << 12 | (text[at + 1] & 0x3f) << 6 | text[at + 2] & 0x3f;
        }
        return LETTER;
    }
}

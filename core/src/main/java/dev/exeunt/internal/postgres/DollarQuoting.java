package dev.exeunt.internal.postgres;

/** Quotes the body of a function so that it can be read as it is. */
public final class DollarQuoting {

    private DollarQuoting() {}

    /** Chooses a mark that the body does not hold, since names in it come from the application's schema. */
    public static String quote(String body) {
        String mark = "$exeunt$";
        for (int i = 1; body.contains(mark); i++) {
            mark = "$exeunt" + i + "$";
        }
        return mark + "\n" + body + mark;
    }
}

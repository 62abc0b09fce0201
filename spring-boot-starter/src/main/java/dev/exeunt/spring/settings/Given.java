package dev.exeunt.spring.settings;

/**
 * What somebody has set.
 *
 * @param name as they have written it
 * @param where file, line and column, or the name of what else it is from
 */
record Given(String name, String value, String where) {

    @Override
    public String toString() {
        return name + " (" + where + ")";
    }
}

package dev.exeunt.spring.settings.read;

/**
 * Holds the value of a setting, with its name as written and where it comes from.
 *
 * @param name as they have written it
 * @param where file, line and column, or the name of what else it is from
 */
record ConfiguredValue(String name, String value, String where) {

    @Override
    public String toString() {
        return name + " (" + where + ")";
    }
}

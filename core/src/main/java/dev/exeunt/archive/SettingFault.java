package dev.exeunt.archive;

/**
 * Describes a wrong setting of an archive.
 *
 * @param setting which of the settings, by its plain word: {@code directory}, {@code bucket}, {@code endpoint}, …
 * @param sentence what is wrong, with the value, and what to do; never a secret
 */
public record SettingFault(String setting, String sentence) {

    @Override
    public String toString() {
        return setting + ": " + sentence;
    }
}

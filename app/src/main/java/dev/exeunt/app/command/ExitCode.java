package dev.exeunt.app.command;

/** Lists the exit codes of the program and their meanings. The numbers are a promise to scripts. */
public enum ExitCode {
    DONE(0, "done; nothing is wrong, nothing is left"),
    LEFT(
            1,
            "check has errors (with --strict: or warnings), an erasure rehearsed or reaped failed, sweep could not delete"
                    + " rows, rehearse or verify found something left, or the gate refuses the person"),
    COULD_NOT(2, "could not run: a wrong option, no database, a map that cannot be used, an unknown key"),
    REFUSED(
            3,
            "not confirmed or acknowledged, forbidden by a guard, nothing to take back, or a file is in the way; nothing was"
                    + " changed"),
    NOT_JUDGED(4, "verify found nothing left, but some rows or tables could not be judged"),
    INTERRUPTED(130, "interrupted (Ctrl-C)");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}

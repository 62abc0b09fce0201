package dev.exeunt.spring.settings.read;

import dev.exeunt.spring.settings.ExeuntSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that settings which are valid alone do not contradict each other. */
final class SettingsConsistency {

    /** One for what it reads and writes, one on which it says how far it is. */
    private static final int PER_THREAD = 2;

    /** For calls, and for the looks at what there is to do. */
    private static final int MORE = 4;

    private SettingsConsistency() {}

    /** @param storeSecret as {@link SharedSecrets#faults} takes it */
    static List<String> faults(ExeuntSettings settings, @Nullable String storeSecret) {
        List<String> faults = new ArrayList<>();
        paths(settings.path(), settings.gate().path(), faults);
        publicScheme(settings, faults);
        faults.addAll(SharedSecrets.faults(settings, storeSecret));
        connections(settings.work(), settings.database().connections(), faults);
        return faults;
    }

    /** The gate answers to whatever is written behind its path, and so do some of the calls. */
    private static void paths(String account, String gate, List<String> faults) {
        if ((account + "/").startsWith(gate + "/") || (gate + "/").startsWith(account + "/")) {
            faults.add(
                    "exeunt.path is " + account + " and exeunt.gate.path is " + gate
                            + ": one lies in the other, and a call would be two. Write paths of their own: /account and /gate.");
        }
    }

    /** The cookies of a sign-in would lack {@code Secure}, and others on the way could read them. */
    private static void publicScheme(ExeuntSettings settings, List<String> faults) {
        ExeuntSettings.SignInSettings signIn = settings.signIn();
        if (signIn != null
                && "https".equalsIgnoreCase(signIn.baseUrl().getScheme())
                && "http".equals(settings.page().scheme())) {
            faults.add("exeunt.public-scheme is http, and the address that people sign in at begins with https ("
                    + signIn.baseUrl()
                    + "). Set exeunt.public-scheme to https, or take it away.");
        }
    }

    /** With fewer, exports would wait for each other's, and none would come to its end. */
    private static void connections(ExeuntSettings.BackgroundSettings work, int connections, List<String> faults) {
        int needed = PER_THREAD * work.threads() + MORE;
        if (!work.enabled() || connections >= needed) {
            return;
        }
        int threads = (connections - MORE) / PER_THREAD;
        faults.add("exeunt.worker.threads is " + work.threads() + " and exeunt.database.connections is " + connections
                + ": each thread needs " + PER_THREAD + " connections, and all else " + MORE
                + ". Set exeunt.database.connections to " + needed + " or more, or "
                + (threads < 1
                        ? "exeunt.worker.enabled to false."
                        : "exeunt.worker.threads to " + threads + " or fewer."));
    }
}

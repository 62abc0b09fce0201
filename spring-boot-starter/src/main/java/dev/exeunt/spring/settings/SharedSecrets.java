package dev.exeunt.spring.settings;

import dev.exeunt.spring.settings.Settings.Secret;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds secrets that are the same: one that leaks would open what the other protects. */
final class SharedSecrets {

    private record Named(String name, byte[] hash) {}

    private SharedSecrets() {}

    static List<String> faults(Settings settings) {
        List<Named> all = all(settings);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (Named other : all.subList(i + 1, all.size())) {
                if (MessageDigest.isEqual(all.get(i).hash(), other.hash())) {
                    faults.add(all.get(i).name() + " and " + other.name() + " are the same: who learns one has both."
                            + " Make another for one of them: openssl rand -hex 32");
                }
            }
        }
        return faults;
    }

    private static List<Named> all(Settings settings) {
        List<Named> all = new ArrayList<>();
        add(all, Setting.KEY, settings.key());
        add(all, Setting.DATABASE_PASSWORD, settings.database().password());
        add(all, Setting.JWT_SECRET, settings.jwt().secret());
        add(all, Setting.HAND_OFF_SECRET, settings.handOffSecret());
        List<byte[]> tokens = settings.gate().tokens();
        for (int i = 0; i < tokens.size(); i++) {
            all.add(new Named(Setting.GATE_TOKENS.name() + " (credential " + (i + 1) + ")", tokens.get(i)));
        }
        return all;
    }

    /** Without a value while another fault is told. */
    private static void add(List<Named> all, Setting setting, @Nullable Secret secret) {
        if (secret != null && !secret.value().isEmpty()) {
            all.add(new Named(setting.name(), Hashed.sha256(secret.value())));
        }
    }
}

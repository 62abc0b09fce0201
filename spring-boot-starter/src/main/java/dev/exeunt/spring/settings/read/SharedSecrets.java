package dev.exeunt.spring.settings.read;

import dev.exeunt.spring.settings.CredentialHash;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds settings with the same secret: one that leaks would open what the other protects. */
final class SharedSecrets {

    static final String STORE_SECRET = "exeunt.archive.s3.secret-key";

    /** The hash of a secret, with the setting that it is in. */
    record NamedSecret(String name, byte[] hash) {}

    private SharedSecrets() {}

    /** @param storeSecret the secret of the object store, which the starter does not read; null where there is none */
    static List<String> faults(ExeuntSettings settings, @Nullable String storeSecret) {
        List<NamedSecret> all = all(settings);
        if (storeSecret != null && !storeSecret.isBlank()) {
            all.add(new NamedSecret(STORE_SECRET, CredentialHash.sha256(storeSecret.strip())));
        }
        return pairs(all).stream()
                .map(
                        pair -> pair.get(0).name() + " and " + pair.get(1).name()
                                + " are the same: a leak of one reveals both. Make another for one of them: openssl rand -hex 32")
                .toList();
    }

    /** Returns each two settings with the same secret, in the order of the list. */
    static List<List<NamedSecret>> pairs(List<NamedSecret> all) {
        List<List<NamedSecret>> pairs = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (NamedSecret other : all.subList(i + 1, all.size())) {
                if (MessageDigest.isEqual(all.get(i).hash(), other.hash())) {
                    pairs.add(List.of(all.get(i), other));
                }
            }
        }
        return pairs;
    }

    private static List<NamedSecret> all(ExeuntSettings settings) {
        List<NamedSecret> all = new ArrayList<>();
        add(all, SettingDefinition.KEY, settings.key());
        settings.formerKeys().forEach(former -> add(all, SettingDefinition.FORMER_KEYS, former));
        add(all, SettingDefinition.DATABASE_PASSWORD, settings.database().password());
        add(all, SettingDefinition.JWT_SECRET, settings.jwt().secret());
        ExeuntSettings.LedgerAddress ledger = settings.ledger().receiver();
        add(all, SettingDefinition.LEDGER_TOKEN, ledger == null ? null : ledger.token());
        add(all, SettingDefinition.HAND_OFF_SECRET, settings.handOffSecret());
        add(
                all,
                SettingDefinition.MAIL_PASSWORD,
                settings.mail() == null ? null : settings.mail().password());
        add(
                all,
                SettingDefinition.SIGN_IN_CLIENT_SECRET,
                settings.signIn() == null ? null : settings.signIn().clientSecret());
        List<byte[]> tokens = settings.gate().tokens();
        for (int i = 0; i < tokens.size(); i++) {
            all.add(new NamedSecret(
                    SettingDefinition.GATE_TOKENS.name() + " (credential " + (i + 1) + ")", tokens.get(i)));
        }
        return all;
    }

    /** Adds a secret. It is empty where the reader has already reported a fault of it. */
    private static void add(List<NamedSecret> all, SettingDefinition setting, @Nullable SecretValue secret) {
        if (secret != null && !secret.value().isEmpty()) {
            all.add(new NamedSecret(setting.name(), CredentialHash.sha256(secret.value())));
        }
    }
}

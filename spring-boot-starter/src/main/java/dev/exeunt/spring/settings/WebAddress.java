package dev.exeunt.spring.settings;

import java.net.URI;
import java.util.Locale;

/** Decides from which addresses keys may be read. */
public final class WebAddress {

    private WebAddress() {}

    /** Whether the address is http or https with a host; no file, and nothing else that Java can open. */
    public static boolean isWeb(URI address) {
        return address.getHost() != null && (has(address, "https") || has(address, "http"));
    }

    /** Whether an attacker on the way cannot change what is read: https, or this machine itself. */
    public static boolean isProtected(URI address) {
        return isWeb(address) && (has(address, "https") || isLoopback(address.getHost()));
    }

    /** Decides by the name, without a name server, whose answer an attacker could change. */
    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.matches("127(\\.[0-9]{1,3}){3}");
    }

    private static boolean has(URI address, String scheme) {
        return scheme.equalsIgnoreCase(address.getScheme());
    }
}

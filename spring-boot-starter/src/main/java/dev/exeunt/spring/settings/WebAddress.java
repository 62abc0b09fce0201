package dev.exeunt.spring.settings;

import java.net.URI;
import java.util.Locale;

/** Tells addresses apart that keys may be read from. */
public final class WebAddress {

    private WebAddress() {}

    /** Whether it is http or https, with a host: no file, and nothing else that Java can open. */
    public static boolean isWeb(URI address) {
        return address.getHost() != null && (has(address, "https") || has(address, "http"));
    }

    /** Whether nobody on the way can change what is read: https, or this machine itself. */
    public static boolean isProtected(URI address) {
        return isWeb(address) && (has(address, "https") || isLoopback(address.getHost()));
    }

    /** By name, without asking a name server, whose answer others can change. */
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

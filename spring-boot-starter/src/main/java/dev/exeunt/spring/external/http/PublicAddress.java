package dev.exeunt.spring.external.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Tells addresses of the public internet from those inside: loopback, private, link-local, shared, reserved and multicast addresses (RFC
 * 6890), and IPv6 addresses that carry such an IPv4 address. A webhook to an address inside would let an outsider reach what only our
 * network may (server-side request forgery, CWE-918).
 */
final class PublicAddress {

    private PublicAddress() {}

    /**
     * Requires that a host may be connected to.
     *
     * @param privateAddress whether it may have an address that is not public
     * @throws PrivateAddressException where one of its addresses is not public
     */
    static void require(InetAddress[] addresses, boolean privateAddress) throws PrivateAddressException {
        for (InetAddress each : addresses) {
            if (!privateAddress && !is(each)) {
                throw new PrivateAddressException();
            }
        }
    }

    /** Thrown where a host has an address inside. */
    static final class PrivateAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;
    }

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
    }

    private static boolean isPublic4(byte[] b) {
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        int third = b[2] & 0xff;
        boolean shared = first == 100 && second >= 64 && second <= 127; // RFC 6598
        boolean special = first == 192 && second == 0 && (third == 0 || third == 2) // RFC 6890, RFC 5737
                || first == 198 && (second == 18 || second == 19) // RFC 2544
                || first == 198 && second == 51 && third == 100
                || first == 203 && second == 0 && third == 113;
        return first != 0 && first < 240 && !shared && !special;
    }

    private static boolean isPublic6(byte[] b) {
        boolean uniqueLocal = (b[0] & 0xfe) == 0xfc; // RFC 4193
        boolean documentation = b[0] == 0x20 && b[1] == 0x01 && (b[2] & 0xff) == 0x0d && (b[3] & 0xff) == 0xb8;
        if (uniqueLocal || documentation || (b[0] & 0xe0) != 0x20 && !isTranslated(b)) {
            return false;
        }
        if (isTranslated(b)) {
            return isEmbeddedPublic(b, 12);
        }
        boolean sixToFour = b[0] == 0x20 && b[1] == 0x02; // RFC 3056
        boolean teredo = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0; // RFC 4380
        return !teredo && (!sixToFour || isEmbeddedPublic(b, 2));
    }

    /** 64:ff9b::/96 (RFC 6052), which a translator sends on to the IPv4 address at its end. */
    private static boolean isTranslated(byte[] b) {
        byte[] prefix = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
        return Arrays.equals(Arrays.copyOf(b, prefix.length), prefix);
    }

    private static boolean isEmbeddedPublic(byte[] b, int from) {
        try {
            InetAddress embedded = Inet4Address.getByAddress(Arrays.copyOfRange(b, from, from + 4));
            return is(embedded);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}

package dev.exeunt.spring.mail;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides which addresses messages go to. The application's column may hold anything. */
final class RecipientAddress {

    /** RFC 5321, section 4.5.3.1.3, without the brackets around the path. */
    private static final int LONGEST = 254;

    private static final int LONGEST_LOCAL = 64;

    /** RFC 5322, section 3.2.3: a dot-atom. It has no control character, no space, no comma and no quote. */
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    private static final Pattern DOMAIN =
            Pattern.compile("([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");

    private RecipientAddress() {}

    /** Returns the one address that the text is, its domain in ASCII; empty where it is none. */
    static Optional<String> of(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1
                || at > LONGEST_LOCAL
                || text.length() > LONGEST
                || !LOCAL.matcher(text.substring(0, at)).matches()) {
            return Optional.empty();
        }
        try {
            String domain = IDN.toASCII(text.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
            return DOMAIN.matcher(domain).matches()
                    ? Optional.of(text.substring(0, at) + "@" + domain)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no name of a domain
        }
    }
}

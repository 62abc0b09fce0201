package dev.exeunt.spring;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks responses for personal data of others and internal details.
 *
 * @param mark of what is somebody else's and nobody may be told, staff neither
 * @param secrets of somebody else, the mark among them
 */
record LeakDetector(String mark, List<String> secrets) {

    /** What only programs say. */
    private static final List<String> INSIDE = List.of(
            "\tat ",
            "Exception",
            "springframework",
            "dev.exeunt",
            "java.lang",
            "org.apache",
            "org.postgresql",
            "Tomcat",
            "SQLSTATE",
            "SELECT ");

    /** What lies elsewhere, or nowhere, the application answers as it answers all. */
    private static final Pattern OURS = Pattern.compile("/(account|gate)(/(?!.*(\\.\\.|%2e%2e))|$|\\?)");

    /** Null where all is as it must be. */
    String fault(ValidRequest valid, MutatedRequest mutation, RawConnection.RawResponse heard) {
        int status = heard.status();
        if (status == 0) {
            return mutation.message().closes() ? null : "no answer";
        }
        boolean container = status == 505 && !isOurs(mutation); // of a version of HTTP that there is not
        if (!Set.of(200, 202, 206, 302).contains(status) && status / 100 != 4 && !container) {
            return "neither refused nor answered";
        }
        if (mutation.refused() && status < 400) {
            return "not refused";
        }
        String all = heard.head() + "\n" + new String(heard.body(), StandardCharsets.ISO_8859_1);
        boolean list = valid.call().equals("GET /account/admin/requests") && status == 200;
        for (String secret : list ? List.of(mark) : secrets) { // whose requests there are, staff may know
            if (all.contains(secret)) {
                return "somebody else's: " + secret;
            }
        }
        if (!heard.header("X-Evil").isEmpty()) {
            return "a header of the caller's";
        }
        return status < 400 ? null : refusal(mutation, heard);
    }

    private static String refusal(MutatedRequest mutation, RawConnection.RawResponse heard) {
        for (String word : INSIDE) {
            if (heard.text().contains(word) || heard.head().contains(word)) {
                return "a word of the program's: " + word;
            }
        }
        return heard.isProblem() || !isOurs(mutation) ? null : "no problem of ours";
    }

    private static boolean isOurs(MutatedRequest mutation) {
        return OURS.matcher(mutation.message().target()).lookingAt();
    }

    static String kind(RawConnection.RawResponse heard) {
        return heard.status() == 0
                ? "closed"
                : heard.status() + (heard.status() < 400 || heard.isProblem() ? "" : " bare");
    }
}

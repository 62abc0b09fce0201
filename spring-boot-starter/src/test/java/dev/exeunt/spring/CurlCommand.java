package dev.exeunt.spring;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a documented curl command.
 *
 * @param url as it stands there, with its variables
 * @param body null where there is none
 * @param follows {@code -L}
 * @param saves {@code -O}
 * @param named by the server, {@code -J}
 * @param promised the status that the remark behind the line begins with; null where it names none
 */
record CurlCommand(
        String method,
        String url,
        List<String> headers,
        String body,
        boolean follows,
        boolean saves,
        boolean named,
        Integer promised) {

    /** A word outside or inside of quotes, or the remark that is the line's rest. */
    private static final Pattern WORD = Pattern.compile("\\s*(#.*|'[^']*'|\"[^\"\\\\`]*\"|[^\\s'\"#\\\\`]+)(?=\\s|$)");

    static CurlCommand parse(String line) {
        List<String> words = new ArrayList<>();
        Integer promised = null;
        Matcher word = WORD.matcher(line);
        int end = 0;
        for (; end < line.stripTrailing().length(); end = word.end()) {
            if (!word.find() || word.start() != end) {
                throw new AssertionError("the shell's quoting is not understood: " + line.substring(end));
            }
            String text = word.group(1);
            if (text.startsWith("#")) {
                promised = promised(text);
            } else {
                words.add(text.startsWith("'") || text.startsWith("\"") ? text.substring(1, text.length() - 1) : text);
            }
        }
        return new CurlOptions().read(words).curl(promised);
    }

    private static Integer promised(String remark) {
        Matcher status = Pattern.compile("\\b[1-5]\\d\\d\\b").matcher(remark);
        return status.find() ? Integer.valueOf(status.group()) : null;
    }

    /** With every variable filled in. */
    CurlCommand with(Map<String, String> variables) {
        return new CurlCommand(
                method,
                filled(url, variables),
                headers.stream().map(h -> filled(h, variables)).toList(),
                body == null ? null : filled(body, variables),
                follows,
                saves,
                named,
                promised);
    }

    private static String filled(String text, Map<String, String> variables) {
        String filled = text;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            filled = filled.replace(variable.getKey(), variable.getValue());
        }
        if (filled.contains("$")) {
            throw new AssertionError("nobody says what the variable in " + filled + " is");
        }
        return filled;
    }

    /** Collects the options of a curl command while parsing it. */
    private static final class CurlOptions {

        private String method;
        private String url;
        private final List<String> headers = new ArrayList<>();
        private String body;
        private String flags = "";

        CurlOptions read(List<String> words) {
            Iterator<String> rest = words.iterator();
            if (!rest.next().equals("curl")) {
                throw new AssertionError("this is no call of curl: " + words);
            }
            while (rest.hasNext()) {
                String word = rest.next();
                switch (word) {
                    case "-X" -> method = rest.next();
                    case "-H" -> header(rest.next());
                    case "-d" -> body = rest.next();
                    default -> flagOrUrl(word);
                }
            }
            return this;
        }

        private void header(String header) {
            int colon = header.indexOf(':');
            headers.add(header.substring(0, colon));
            headers.add(header.substring(colon + 1).strip());
        }

        private void flagOrUrl(String word) {
            if (word.matches("-[fLOJ]+")) {
                flags += word;
            } else if (word.startsWith("-") || url != null) {
                throw new AssertionError("nobody has taught this test what " + word + " means to curl");
            } else {
                url = word;
            }
        }

        /** As curl does where no method and no type is named. */
        CurlCommand curl(Integer promised) {
            if (body != null && headers.stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
                header("Content-Type: application/x-www-form-urlencoded");
            }
            if (flags.contains("O") && !flags.contains("f")) {
                throw new AssertionError("without -f curl saves a refusal as if it were the file: " + url);
            }
            String usual = body == null ? "GET" : "POST";
            return new CurlCommand(
                    method == null ? usual : method,
                    url,
                    List.copyOf(headers),
                    body,
                    flags.contains("L"),
                    flags.contains("O"),
                    flags.contains("J"),
                    promised);
        }
    }
}

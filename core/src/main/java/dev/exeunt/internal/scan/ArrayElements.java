package dev.exeunt.internal.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the elements of an array that PostgreSQL has written as text, such as <code>{1,"a b",NULL}</code>, whatever its dimensions. */
final class ArrayElements {

    private ArrayElements() {}

    static Stream<String> of(String text) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char here = text.charAt(i);
            if (here == '\\' && i + 1 < text.length()) {
                element.append(text.charAt(++i));
            } else if (here == '"') {
                quoted = !quoted;
            } else if (!quoted && (here == '{' || here == '}' || here == ',')) {
                elements.add(element.toString());
                element.setLength(0);
            } else {
                element.append(here);
            }
        }
        return elements.stream();
    }
}

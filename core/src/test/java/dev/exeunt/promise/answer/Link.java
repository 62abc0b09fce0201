package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.MadeTable;
import java.util.List;

/** How a row is somebody's, as a map says it. */
public sealed interface Link {

    /** The link's columns in its own table. */
    List<String> on();

    record Self(List<String> on) implements Link {}

    record Direct(List<String> on) implements Link {}

    record Through(MadeTable parent, List<String> roles, List<String> on) implements Link {}

    record Matches(String identifier, String column) implements Link {
        @Override
        public List<String> on() {
            return List.of(column);
        }
    }
}

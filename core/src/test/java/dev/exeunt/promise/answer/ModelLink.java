package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.RandomTable;
import java.util.List;

/** Models how a row belongs to a person. */
public sealed interface ModelLink {

    /** The link's columns in its own table. */
    List<String> on();

    /** Models the link of the subject's own row. */
    record ModelSelfLink(List<String> on) implements ModelLink {}

    /** Models a link by columns that hold the subject's key. */
    record ModelDirectLink(List<String> on) implements ModelLink {}

    /** Models a link through rows of another role. */
    record ModelThroughLink(RandomTable parent, List<String> roles, List<String> on) implements ModelLink {}

    /**
     * Models a link by the value of an identifier.
     *
     * @param shared whose rows those of a value are that two people hold, as a word of the map; null where it does not say
     */
    record ModelIdentifierLink(String identifier, String column, String shared) implements ModelLink {
        @Override
        public List<String> on() {
            return List.of(column);
        }
    }
}

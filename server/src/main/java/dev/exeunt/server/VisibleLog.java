package dev.exeunt.server;

import dev.exeunt.text.VisibleText;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/** Text in the log's lines passes {@link VisibleText}, so that nothing in it steers the terminal of a person who reads them. */
final class VisibleLog implements StructuredLoggingJsonMembersCustomizer<Object> {

    @Override
    public void customize(Members<Object> members) {
        members.applyingValueProcessor(ValueProcessor.of(String.class, VisibleText::lines));
    }
}

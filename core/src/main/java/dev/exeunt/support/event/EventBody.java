package dev.exeunt.support.event;

import dev.exeunt.internal.outbox.EventContent;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.reach.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the JSON that a system reads: {@code type}, {@code timestamp} and {@code data}, as Standard Webhooks recommends. */
final class EventBody {

    /** Further requests that the event tells of, for the lists of staff. */
    private static final String ALSO = "also";

    private static final JsonMapper JSON = new JsonMapper();

    private EventBody() {}

    /**
     * @param row of the outbox, with {@code answer_by} of the delivery
     * @param system whose locators it gets, and no other's
     */
    static String of(ResultSet row, EventContent content, String system) throws SQLException {
        ObjectNode body = JSON.createObjectNode();
        body.put("type", row.getString("name"));
        body.put("timestamp", String.valueOf(SqlRunner.moment(row, "at")));
        ObjectNode data = body.putObject("data");
        data.put("subject", new SubjectKey(content.subject()).typed());
        data.put("subjectKind", row.getString("subject_kind"));
        data.put("request", row.getString("request"));
        for (Map.Entry<String, JsonNode> detail :
                JSON.readTree(row.getString("details")).properties()) {
            if (!detail.getKey().equals(ALSO)) {
                data.set(detail.getKey(), detail.getValue());
            }
        }
        String locators = content.locators().get(system);
        if (locators != null) {
            data.set("locators", JSON.readTree(locators));
        }
        Instant answerBy = SqlRunner.moment(row, "answer_by");
        if (answerBy != null) {
            data.put("answerBy", answerBy.toString());
        }
        return JSON.writeValueAsString(body);
    }
}

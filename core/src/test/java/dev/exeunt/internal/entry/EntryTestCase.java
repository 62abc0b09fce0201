package dev.exeunt.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.testkit.RequestGateway;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Provides a guild application whose people call the functions in SQL through a gateway. */
abstract class EntryTestCase {

    final GuildTestApplication guilds = GuildTestApplication.create();
    AccountRequests requests;
    RequestGateway gateway;

    @BeforeEach
    void make() {
        RequestGateway.createRoles(guilds.database());
        requests = offering(GuildTestApplication.MAP, "");
        gateway = RequestGateway.connect(guilds.database(), guilds.clock());
    }

    @AfterEach
    void close() throws SQLException {
        gateway.close();
        guilds.close();
    }

    /** @param more words under {@code sql:} */
    AccountRequests offering(String map, String more) {
        AccountRequests offered = guilds.exeunt().requests(MapReader.read(withSql(map, more), "exeunt.yaml"));
        offered.makeGateFunction();
        offered.makeSqlFunctions();
        return offered;
    }

    String withSql(String map, String more) {
        return map + "sql: { callers: [" + RequestGateway.callerOf(guilds.database()) + "], gateway: "
                + RequestGateway.gatewayOf(guilds.database()) + more + " }\n";
    }

    JsonNode json(String key, String call, String... values) throws SQLException {
        return JsonMapper.shared().readTree(gateway.call(key, call, values));
    }

    JsonNode status(String key) throws SQLException {
        return json(key, "exeunt.status()");
    }

    /** Says that a call is refused with this SQLSTATE and changes nothing. */
    void refused(String sqlState, Call call) {
        Map<String, List<String>> before = guilds.database().snapshot();
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(sqlState));
        assertThat(guilds.database().snapshot()).isEqualTo(before);
    }

    interface Call {
        void run() throws SQLException;
    }
}

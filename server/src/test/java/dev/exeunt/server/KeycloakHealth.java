package dev.exeunt.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Asks a running Keycloak for everything that its administrators list, and for what it knows of each person. */
record KeycloakHealth(KeycloakApi api) {

    private static final String REALM = "/admin/realms/" + Keycloak.REALM;

    private static final List<String> LISTS = List.of(
            "",
            "/users",
            "/users/count",
            "/groups",
            "/clients",
            "/client-scopes",
            "/roles",
            "/events",
            "/admin-events",
            "/client-session-stats",
            "/identity-provider/instances",
            "/components",
            "/roles/customer/users");

    private static final List<String> OF_CLIENT = List.of("", "/user-sessions", "/offline-sessions", "/roles");

    private static final List<String> OF_RESOURCES =
            List.of("", "/settings", "/resource", "/scope", "/policy", "/permission");

    private static final List<String> OF_PERSON =
            List.of("", "/sessions", "/consents", "/credentials", "/groups", "/role-mappings", "/federated-identity");

    /** Returns every path whose answer is not 200, with its status. */
    List<String> failures() throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>();
        LISTS.forEach(path -> paths.add(REALM + path));
        for (JsonNode group : api.get(REALM + "/groups")) {
            paths.add(REALM + "/groups/" + group.get("id").asString() + "/members");
        }
        for (JsonNode client : api.get(REALM + "/clients")) {
            String at = REALM + "/clients/" + client.get("id").asString();
            OF_CLIENT.forEach(path -> paths.add(at + path));
            if (client.path("authorizationServicesEnabled").asBoolean(false)) {
                OF_RESOURCES.forEach(path -> paths.add(at + "/authz/resource-server" + path));
            }
        }
        for (JsonNode person : api.get(REALM + "/users")) {
            String at = REALM + "/users/" + person.get("id").asString();
            OF_PERSON.forEach(path -> paths.add(at + path));
        }
        List<String> failures = new ArrayList<>();
        for (String path : paths) {
            int status = api.status(path);
            if (status != 200) {
                failures.add(status + " " + path);
            }
        }
        return failures;
    }
}

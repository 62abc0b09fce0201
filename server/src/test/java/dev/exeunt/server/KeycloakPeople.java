package dev.exeunt.server;

import static dev.exeunt.server.KeycloakApi.done;
import static dev.exeunt.server.KeycloakApi.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills Keycloak's database by its own API: a realm whose people sign in, consent, share what is theirs and ask for what is others', while
 * events of people and of administrators are stored. People have the same kinds and numbers of rows.
 */
final class KeycloakPeople {

    /** Everybody's name at sign-in. */
    static final List<String> NAMES = List.of(
            "annalena",
            "benedikt",
            "clothilde",
            "dorothea",
            "emiliano",
            "ferdinand",
            "gwendolyn",
            "hieronymus",
            "isabella",
            "johannes",
            "katharina",
            "leopoldine",
            "maximilian",
            "nathanael",
            "ottokar",
            "philippa",
            "quirinus",
            "rosalinde");

    /** Two who share nothing with each other. They have to look at their profile before they can sign in again. */
    static final List<String> LEAVERS = List.of("annalena", "gwendolyn");

    /** Two more of the kind. */
    static final List<String> LEAVERS_BY_DRAFT = List.of("maximilian", "philippa");

    private static final String REALM = "/admin/realms/" + Keycloak.REALM;
    private static final String SHARED = "/realms/" + Keycloak.REALM;
    private static final String SECRET = "albums-secret";

    private static final String NEW_REALM = """
            { "realm": "shop", "enabled": true, "userManagedAccessAllowed": true,
              "eventsEnabled": true, "adminEventsEnabled": true, "adminEventsDetailsEnabled": true,
              "roles": { "realm": [ { "name": "customer" }, { "name": "supporter" } ] },
              "groups": [ { "name": "readers" }, { "name": "writers" } ],
              "identityProviders": [ { "alias": "partner", "providerId": "oidc", "enabled": true,
                "config": { "clientId": "shop", "clientSecret": "any", "authorizationUrl": "http://127.0.0.1:1/auth",
                            "tokenUrl": "http://127.0.0.1:1/token" } } ],
              "clients": [
                { "clientId": "shop-web", "publicClient": true, "directAccessGrantsEnabled": true, "redirectUris": ["*"] },
                { "clientId": "newsletter", "publicClient": true, "consentRequired": true, "redirectUris": ["*"] } ] }
            """;

    private static final String ALBUMS = """
            { "clientId": "albums", "secret": "%s", "serviceAccountsEnabled": true, "authorizationServicesEnabled": true }
            """;

    private static final String PERSON = """
            { "username": "%1$s", "enabled": true, "emailVerified": true, "email": "%1$s@home.test",
              "firstName": "%1$s the", "lastName": "%1$s-Family", "groups": ["readers"],
              "attributes": { "phone": ["%2$s"], "address": ["%1$s street 17, Utrecht"] },
              "credentials": [ { "type": "password", "value": "%3$s" } ] }
            """;

    private static final String ALBUM = """
            { "name": "album of %1$s", "type": "album", "owner": "%1$s", "ownerManagedAccess": true,
              "resource_scopes": ["view", "print"] }
            """;

    private final KeycloakApi api;
    private final KeycloakSignIn shop;
    private final KeycloakSignIn newsletter;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Map<String, String> albums = new LinkedHashMap<>();

    private KeycloakPeople(Keycloak keycloak) {
        this.api = new KeycloakApi(keycloak.address());
        this.shop = new KeycloakSignIn(keycloak.issuer(), "shop-web");
        this.newsletter = new KeycloakSignIn(keycloak.issuer(), "newsletter");
    }

    static KeycloakPeople fill(Keycloak keycloak) throws IOException, InterruptedException {
        KeycloakPeople people = new KeycloakPeople(keycloak);
        people.realm();
        for (String name : NAMES) {
            people.person(name);
        }
        String client = people.client();
        for (String name : NAMES) {
            people.album(name, client);
        }
        for (int i = 0; i < NAMES.size(); i++) {
            people.share(NAMES.get(i), NAMES.get((i + 1) % NAMES.size()), NAMES.get((i + 2) % NAMES.size()));
        }
        for (String name : NAMES) {
            people.rename(name);
        }
        for (String name : NAMES) {
            people.edit(name);
        }
        return people;
    }

    KeycloakApi api() {
        return api;
    }

    /** Keycloak's id of a person, the key of {@code user_entity}. */
    String id(String name) {
        return ids.get(name);
    }

    /** Deletes a person as an administrator does. */
    void deleteByKeycloak(String name) throws IOException, InterruptedException {
        api.send("DELETE", REALM + "/users/" + id(name), "");
    }

    /** Makes Keycloak forget what it remembers of rows, as it must after another program has changed them. */
    void clearCaches() throws IOException, InterruptedException {
        api.send("POST", REALM + "/clear-user-cache", "");
        api.send("POST", REALM + "/clear-realm-cache", "");
    }

    /** The status of a sign-in with the right password. */
    int signIn(String name) throws IOException, InterruptedException {
        Map<String, String> grant = Map.of(
                "grant_type",
                "password",
                "client_id",
                "shop-web",
                "username",
                name,
                "password",
                KeycloakSignIn.password(name));
        return api.tokens(Keycloak.REALM, "", grant).statusCode();
    }

    private void realm() throws IOException, InterruptedException {
        api.create("/admin/realms", NEW_REALM);
        ObjectNode profile = (ObjectNode) api.get(REALM + "/users/profile");
        profile.put("unmanagedAttributePolicy", "ENABLED");
        api.send("PUT", REALM + "/users/profile", profile.toString());
        api.create(REALM + "/clients", ALBUMS.formatted(SECRET));
    }

    /** A person with roles, a group, another account at the partner's, who signs in three times and fails once. */
    private void person(String name) throws IOException, InterruptedException {
        String phone = "+31 20 55501" + (10 + ids.size());
        String id = api.create(REALM + "/users", PERSON.formatted(name, phone, KeycloakSignIn.password(name)));
        ids.put(name, id);
        String user = REALM + "/users/" + id;
        api.create(user + "/role-mappings/realm", "[" + api.get(REALM + "/roles/customer") + "]");
        api.create(
                user + "/federated-identity/partner",
                "{ \"identityProvider\": \"partner\", \"userId\": \"partner-of-%1$s\", \"userName\": \"%1$s@partner.test\" }"
                        .formatted(name));
        shop.browser(name);
        newsletter.browser(name);
        shop.direct(name, "openid offline_access");
        api.tokens(
                Keycloak.REALM,
                "",
                Map.of("grant_type", "password", "client_id", "shop-web", "username", name, "password", "a wrong one"));
    }

    /** The token of the client whose resources people own. */
    private String client() throws IOException, InterruptedException {
        Map<String, String> grant =
                Map.of("grant_type", "client_credentials", "client_id", "albums", "client_secret", SECRET);
        return token(done(api.tokens(Keycloak.REALM, "", grant)));
    }

    private void album(String owner, String client) throws IOException, InterruptedException {
        HttpResponse<String> made =
                done(api.call("POST", SHARED + "/authz/protection/resource_set", client, ALBUM.formatted(owner)));
        albums.put(owner, json(made).get("_id").asString());
    }

    /** The owner lets a friend view the album; a stranger asks for it, and waits for an answer. */
    private void share(String owner, String friend, String stranger) throws IOException, InterruptedException {
        String album = albums.get(owner);
        done(api.call(
                "PUT",
                SHARED + "/account/resources/" + album + "/permissions",
                access(shop.direct(owner)),
                "[ { \"username\": \"" + friend + "\", \"scopes\": [\"view\"] } ]"));
        String wanted = "[ { \"resource_id\": \"" + album + "\", \"resource_scopes\": [\"print\"] } ]";
        JsonNode ticket = json(done(api.call("POST", SHARED + "/authz/protection/permission", client(), wanted)));
        HttpResponse<String> asked = api.tokens(
                Keycloak.REALM,
                access(shop.direct(stranger)),
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:uma-ticket",
                        "ticket", ticket.get("ticket").asString(),
                        "submit_request", "true"));
        if (!asked.body().contains("request_submitted")) {
            throw new AssertionError(asked.statusCode() + " " + asked.body());
        }
    }

    /** The person changes their own first name. */
    private void rename(String name) throws IOException, InterruptedException {
        String bearer = access(shop.direct(name));
        ObjectNode account = (ObjectNode) json(done(api.call("GET", SHARED + "/account", bearer, "")));
        account.put("firstName", name + " of the house");
        done(api.call("POST", SHARED + "/account", bearer, account.toString()));
    }

    /** An administrator saves the person's account, and asks those who will leave to look at it at the next sign-in. */
    private void edit(String name) throws IOException, InterruptedException {
        ObjectNode user = (ObjectNode) api.get(REALM + "/users/" + id(name));
        if (LEAVERS.contains(name) || LEAVERS_BY_DRAFT.contains(name)) {
            user.putArray("requiredActions").add("UPDATE_PROFILE");
        }
        api.send("PUT", REALM + "/users/" + id(name), user.toString());
    }

    private static String token(HttpResponse<String> answer) {
        return access(json(answer));
    }

    private static String access(JsonNode tokens) {
        return tokens.get("access_token").asString();
    }
}

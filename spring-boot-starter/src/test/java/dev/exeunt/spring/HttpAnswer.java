package dev.exeunt.spring;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds an HTTP response and reads its text, JSON and problem type. */
record HttpAnswer(HttpResponse<byte[]> response) {

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    String text() {
        byte[] body = response.body();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(response.body());
    }

    String at(String field) {
        JsonNode value = json().at("/" + field.replace('.', '/'));
        return value.isMissingNode() || value.isNull() ? null : value.asString();
    }

    /** The word of a problem; null where it is none. */
    String problem() {
        return "application/problem+json".equals(header("Content-Type"))
                ? at("type").replace("urn:exeunt:problem:", "")
                : null;
    }

    @Override
    public String toString() {
        return status() + " " + text();
    }
}

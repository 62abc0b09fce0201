package dev.exeunt.support.event;

import dev.exeunt.support.event.SystemAnswer.AnswerResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A system as a history has it: remembers what arrived, what it has to answer, and, as a provider, whose accounts it has disabled. */
final class HistoryReceiver {

    private final Map<UUID, String> known = new LinkedHashMap<>();
    private final Map<String, List<String>> arrived = new HashMap<>();
    private final Map<String, String> latest = new HashMap<>();
    private final Set<String> disabled = new HashSet<>();
    private final Map<UUID, Erasure> erasures = new LinkedHashMap<>();

    /**
     * An erasure that the system heard of.
     *
     * @param request of the event
     * @param result what counts as its answer: the first, or what staff closed it with
     */
    private record Erasure(String key, String type, UUID request, String result) {}

    /** Takes an event, for the first time or again. */
    void arrive(OutgoingEvent event) {
        JsonNode body = JsonMapper.shared().readTree(event.body().orElseThrow());
        String key = body.at("/data/subject").stringValue();
        String earlier = known.put(event.id(), key + event.type());
        if (earlier != null) {
            if (!earlier.equals(key + event.type())) {
                throw new AssertionError("an id came again with another event");
            }
            return;
        }
        arrived.computeIfAbsent(key, k -> new ArrayList<>()).add(event.type());
        act(key, event.type(), body.get("timestamp").stringValue());
        if (event.answerBy() != null) {
            UUID request = UUID.fromString(body.at("/data/request").stringValue());
            erasures.put(event.id(), new Erasure(key, event.type(), request, ""));
        }
    }

    /** As a provider of sign-ins does. An event older than one that was acted on is not acted on. */
    private void act(String key, String type, String timestamp) {
        if (timestamp.compareTo(latest.getOrDefault(key, "")) < 0) {
            return;
        }
        latest.put(key, timestamp);
        switch (type) {
            case "user.deactivated" -> disabled.add(key);
            case "user.reactivated", "user.cancelled", "user.erased" -> disabled.remove(key);
            default -> {
                // tells nothing about the sign-in
            }
        }
    }

    /** The events that it has heard and may answer, answered or not. */
    List<UUID> erasures() {
        return List.copyOf(erasures.keySet());
    }

    List<UUID> unanswered() {
        return erasures.keySet().stream()
                .filter(e -> erasures.get(e).result().isEmpty())
                .toList();
    }

    List<UUID> refused() {
        return erasures.keySet().stream()
                .filter(e -> erasures.get(e).result().equals(AnswerResult.REFUSED.word()))
                .toList();
    }

    boolean hasAnswered(UUID event) {
        return !erasures.get(event).result().isEmpty();
    }

    /** Remembers an answer, if it is the first, or what staff closed. */
    void answered(UUID event, String result) {
        Erasure erasure = erasures.get(event);
        if (erasure != null && (erasure.result().isEmpty() || result.equals("closed"))) {
            erasures.put(event, new Erasure(erasure.key(), erasure.type(), erasure.request(), result));
        }
    }

    /** Whether the erasure of the person's account is answered. */
    boolean hasAnsweredAccount(String key) {
        return erasures.values().stream()
                .anyMatch(e -> e.key().equals(key)
                        && e.type().equals("user.erased")
                        && !e.result().isEmpty());
    }

    /** Whether the erasure of a request to delete data is answered. */
    boolean hasAnsweredData(UUID request) {
        return erasures.values().stream()
                .anyMatch(e -> e.request().equals(request)
                        && e.type().equals("user.data_erased")
                        && !e.result().isEmpty());
    }

    List<String> arrived(String key) {
        return arrived.getOrDefault(key, List.of());
    }

    boolean isDisabled(String key) {
        return disabled.contains(key);
    }
}

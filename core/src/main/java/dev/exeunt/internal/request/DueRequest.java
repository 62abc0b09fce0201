package dev.exeunt.internal.request;

import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.request.Request;

/** Holds a due request and the key of its subject. */
public record DueRequest(Request request, SubjectKey subject) {

    @Override
    public String toString() {
        return "DueRequest[" + request.id() + "]";
    }
}

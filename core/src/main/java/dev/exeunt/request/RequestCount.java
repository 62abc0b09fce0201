package dev.exeunt.request;

/**
 * Counts the requests of one kind and state, and those overdue or due soon.
 *
 * @param kind {@code export} or a flow's word
 * @param overdue of those, to be erased by now for five minutes at least, and still there
 * @param soon of those, due within the next seven days
 */
public record RequestCount(String kind, String state, long requests, long overdue, long soon) {}

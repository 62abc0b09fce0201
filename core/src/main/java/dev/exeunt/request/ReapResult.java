package dev.exeunt.request;

/**
 * Counts the requests that one reaper run erased, blocked or failed.
 *
 * @param erased requests carried out
 * @param blocked where a guard stands in the way; looked at again later
 * @param failed in this run; tried again later, or shown as failed
 */
public record ReapResult(int erased, int blocked, int failed) {}

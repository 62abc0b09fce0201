package dev.exeunt.lifecycle;

/**
 * What a run of the reaper did.
 *
 * @param erased requests carried out
 * @param blocked where a guard stands in the way; looked at again later
 * @param failed in this run; tried again later, or shown as failed
 */
public record Reaped(int erased, int blocked, int failed) {}

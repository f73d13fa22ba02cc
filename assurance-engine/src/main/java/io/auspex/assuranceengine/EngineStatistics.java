package io.auspex.assuranceengine;

/**
 * Counters since the start.
 *
 * @param valuesTaken metric values that reached the engine
 * @param valuesLost values that were dropped because the queue was full
 * @param valuesObsolete values for subservices or candidates that are gone, and values seen before one that is there
 * @param batches how often the writer published
 * @param queued events that wait for the writer at this moment
 */
public record EngineStatistics(long valuesTaken, long valuesLost, long valuesObsolete, long batches, int queued) {}

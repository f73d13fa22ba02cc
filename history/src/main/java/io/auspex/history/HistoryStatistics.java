package io.auspex.history;

/**
 * Counters since the start.
 *
 * @param written records that are in the database
 * @param lost records that found the queue full, or that the database did not take
 * @param waiting records in the queue
 */
public record HistoryStatistics(long written, long lost, int waiting) {}

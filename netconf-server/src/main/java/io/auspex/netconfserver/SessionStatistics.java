package io.auspex.netconfserver;

/**
 * Counters of all sessions since the start (RFC 6022 §2.1.5).
 *
 * @param open sessions at this moment
 * @param opened sessions that were begun
 * @param dropped sessions that ended otherwise than by close-session or kill-session
 * @param badHellos sessions refused for their hello
 * @param rpcs operations received
 * @param badRpcs messages that were no operation
 * @param rpcErrors replies with an error
 * @param notifications sent
 */
public record SessionStatistics(
        int open,
        long opened,
        long dropped,
        long badHellos,
        long rpcs,
        long badRpcs,
        long rpcErrors,
        long notifications) {}

package io.auspex.notifications;

/**
 * What the envelope of a notification says beside the time (draft-ietf-netconf-notif-envelope §3.2).
 *
 * @param hostname of the server
 * @param sequenceNumber of the message, among those that one subscription sends to one receiver
 */
public record Envelope(String hostname, long sequenceNumber) {}

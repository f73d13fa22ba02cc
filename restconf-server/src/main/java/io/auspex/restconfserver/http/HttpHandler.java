package io.auspex.restconfserver.http;

import org.jspecify.annotations.Nullable;

/** Answers HTTP requests; called on a virtual thread per request. */
public interface HttpHandler {
    /** Answers a request; has an answer to every fault. */
    HttpReply handle(HttpRequest request) throws InterruptedException;

    /**
     * Answers a request that can be answered from memory without waiting and in little time; called on an event loop.
     *
     * @return null when it cannot; then {@link #handle} is called on a virtual thread
     */
    default @Nullable HttpReply handleNow(HttpRequest request) {
        return null;
    }

    /**
     * Answers a request that the transport refused before it could be handed on, or whose content failed while being made.
     *
     * @param status HTTP status
     * @param accept value of the Accept header, empty when it is not known
     * @param message for people
     */
    HttpReply refuse(int status, String accept, String message);
}

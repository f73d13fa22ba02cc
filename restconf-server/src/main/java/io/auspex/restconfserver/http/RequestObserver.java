package io.auspex.restconfserver.http;

/** Told of every request that was answered, whoever answered it; called on any thread, must not wait. */
@FunctionalInterface
public interface RequestObserver {
    /**
     * A request was answered.
     *
     * @param method as received; empty where the request never was one
     * @param status of the reply
     * @param nanos from the request's head to the end of the reply, to its begin for an event stream
     */
    void answered(String method, int status, long nanos);
}

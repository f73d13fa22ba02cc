package io.auspex.restconfserver;

import io.auspex.datastore.DatastoreName;
import io.auspex.restconfserver.http.HttpRequest;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a client asks for, read from an HTTP request (RFC 8040 §4). */
sealed interface RestconfRequest {
    /**
     * Content of a request, not yet read.
     *
     * @param http has the stream
     * @param encoding as Content-Type says; null when there is no content
     */
    record Body(HttpRequest http, @Nullable Encoding encoding) {}

    /**
     * A data resource.
     *
     * @param datastore null for {+restconf}/data, which unites configuration and state (RFC 8040 §3.4)
     */
    record Resource(@Nullable DatastoreName datastore, DataPath path) {}

    /** {+restconf} itself (RFC 8040 §3.3). */
    record GetRoot(RootParams params) implements RestconfRequest {}

    /** RFC 8040 §3.3.3. */
    record GetYangLibraryVersion() implements RestconfRequest {}

    /** RFC 8040 §3.3.2. */
    record GetOperations() implements RestconfRequest {}

    /** RFC 8040 §4.3. */
    record Get(Resource resource, ReadParams params, Conditions conditions) implements RestconfRequest {}

    /** RFC 8040 §4.4.1. */
    record Post(Resource parent, InsertParams insert, Body body, Conditions conditions) implements RestconfRequest {}

    /** RFC 8040 §4.5. */
    record Put(Resource resource, InsertParams insert, Body body, Conditions conditions) implements RestconfRequest {}

    /** RFC 8040 §4.6.1. */
    record Patch(Resource resource, Body body, Conditions conditions) implements RestconfRequest {}

    /** RFC 8072. */
    record YangPatch(Resource resource, Body body, Conditions conditions) implements RestconfRequest {}

    /** RFC 8040 §4.7. */
    record Delete(Resource resource, Conditions conditions) implements RestconfRequest {}

    /**
     * RFC 8040 §4.4.2.
     *
     * @param target the data node of an action, null for an rpc
     */
    record Invoke(SchemaNode operation, @Nullable DataPath target, Body body) implements RestconfRequest {}

    /** RFC 8040 §3.7. */
    record GetSchema(String module, @Nullable String revision) implements RestconfRequest {}

    /**
     * RFC 8040 §6.3.
     *
     * @param lastEventId of the last event that the client got, when it comes back
     */
    record OpenStream(
            String stream,
            Encoding encoding,
            @Nullable String filter,
            @Nullable Instant startTime,
            @Nullable Instant stopTime,
            @Nullable Long lastEventId)
            implements RestconfRequest {}

    /** HEAD of an event stream: its header fields, no event (RFC 8040 §4.2). */
    record DescribeStream(String stream) implements RestconfRequest {}

    /** RFC 8650 §3.4, with Last-Event-ID when the client comes back. */
    record OpenSubscription(long id, @Nullable String lastEventId) implements RestconfRequest {}

    /** A method that the resource does not have, 405, or that nobody has, 501. */
    record NotAllowed(Allowed allowed, String method) implements RestconfRequest {}

    /** RFC 8040 §4.1: what may be done with a resource. */
    record Options(Allowed allowed) implements RestconfRequest {}
}

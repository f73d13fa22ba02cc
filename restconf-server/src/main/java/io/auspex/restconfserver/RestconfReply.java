package io.auspex.restconfserver;

import io.auspex.management.ReadResult;
import io.auspex.restconfserver.http.Header;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangError;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client is answered, before it is put into HTTP. */
sealed interface RestconfReply {
    /**
     * A data resource.
     *
     * @param annotations metadata asked for
     * @param variant tells representations apart that query parameters make
     */
    record Data(ReadResult result, Annotations annotations, String variant) implements RestconfReply {}

    /** The client has it already, 304. */
    record NotModified(@Nullable String tag, @Nullable Instant lastModified) implements RestconfReply {}

    /** A resource that is not data, made by an encoder for each encoding. */
    record Document(ApiDocument document) implements RestconfReply {}

    /** Text of one media type. */
    record Text(String mediaType, byte[] content) implements RestconfReply {}

    /**
     * A child resource was created, 201.
     *
     * @param path of the new resource, below {+restconf}
     */
    record Created(
            String path, @Nullable Long version, @Nullable Instant lastModified, Encoding encoding)
            implements RestconfReply {}

    /** A resource was written: created at its own path, 201, or changed, 204. */
    record Written(
            boolean created,
            @Nullable Long version,
            @Nullable Instant lastModified,
            Encoding encoding) implements RestconfReply {}

    /** Done, and nothing to say, 204. */
    record Done() implements RestconfReply {}

    /** Output of an operation. */
    record Output(InnerNode output) implements RestconfReply {}

    /** RFC 8072 §2.3. */
    record PatchStatus(YangPatchStatus status) implements RestconfReply {}

    /** Events as they come (RFC 8040 §6, RFC 8650 §3.4). */
    record Events(EventSource source, Encoding encoding) implements RestconfReply {}

    /** The header fields that events would have. */
    record EventsHead() implements RestconfReply {}

    /** What may be done, 200. */
    record Options(Allowed allowed) implements RestconfReply {}

    /** RFC 8040 §7.1. */
    record Errors(List<YangError> errors, List<Header> headers) implements RestconfReply {}
}

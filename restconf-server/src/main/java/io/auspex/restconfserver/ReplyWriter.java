package io.auspex.restconfserver;

import io.auspex.restconfserver.http.Header;
import io.auspex.restconfserver.http.HttpDate;
import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.HttpRequest;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.ModelContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts replies into HTTP. */
final class ReplyWriter {
    private static final List<Header> EVENTS = List.of(new Header("Content-Type", "text/event-stream"));

    private final ModelContext model;
    private final DataCodec codec;
    private final Locations locations;

    ReplyWriter(ModelContext model, DataCodec codec, Locations locations) {
        this.model = model;
        this.codec = codec;
        this.locations = locations;
    }

    /**
     * The HTTP response of a reply.
     *
     * @param as the encoding and media type that the client wants
     */
    HttpReply write(RestconfReply reply, HttpRequest request, Encoding.Chosen as) {
        return switch (reply) {
            case RestconfReply.Data(var result, var annotations, var variant) -> {
                var headers = new ArrayList<Header>();
                headers.add(new Header("Content-Type", as.mediaType()));
                validators(
                        headers,
                        result.version() == null ? null : EntityTags.of(result.version(), as.encoding(), variant),
                        result.lastModified());
                yield new HttpReply.Streamed(200, headers, out -> {
                    if (as.isList()) {
                        codec.writeXmlList(result.node(), annotations, out);
                    } else {
                        codec.write(as.encoding(), result.node(), annotations, out);
                    }
                });
            }
            case RestconfReply.NotModified(var tag, var lastModified) -> {
                var headers = new ArrayList<Header>();
                validators(headers, tag, lastModified);
                yield new HttpReply.Empty(304, headers);
            }
            case RestconfReply.Document(var document) -> whole(200, as.mediaType(), document(document, as.encoding()));
            case RestconfReply.Text(var type, var content) -> whole(200, type, content);
            case RestconfReply.Created(var path, var version, var lastModified, var encoding) -> {
                var headers = new ArrayList<Header>();
                headers.add(new Header("Location", locations.of(path, request)));
                validators(headers, version == null ? null : EntityTags.of(version, encoding, ""), lastModified);
                yield new HttpReply.Empty(201, headers);
            }
            case RestconfReply.Written(var created, var version, var lastModified, var encoding) -> {
                var headers = new ArrayList<Header>();
                if (created) {
                    headers.add(new Header("Location", locations.ofRequest(request)));
                }
                validators(headers, version == null ? null : EntityTags.of(version, encoding, ""), lastModified);
                yield new HttpReply.Empty(created ? 201 : 204, headers);
            }
            case RestconfReply.Done() -> new HttpReply.Empty(204, List.of());
            case RestconfReply.Output(var output) ->
                new HttpReply.Streamed(
                        200,
                        List.of(new Header("Content-Type", as.mediaType())),
                        out -> codec.write(as.encoding(), output, Annotations.NONE, out));
            case RestconfReply.PatchStatus(var status) ->
                whole(status.httpStatus(), as.mediaType(), status.bytes(as.encoding(), model));
            case RestconfReply.Events(var source, var encoding) ->
                new HttpReply.Streamed(200, EVENTS, new EventWriter(source, encoding));
            case RestconfReply.EventsHead() -> new HttpReply.Empty(200, EVENTS);
            case RestconfReply.Options(var allowed) -> new HttpReply.Empty(200, allowed.headers());
            case RestconfReply.Errors(var errors, var headers) ->
                errors(errors, as).with(headers);
        };
    }

    HttpReply errors(List<YangError> errors, Encoding.Chosen as) {
        var status = ErrorStatus.of(errors.getFirst().failure());
        return whole(status, as.mediaType(), new ErrorDocument(errors, model).bytes(as.encoding()));
    }

    private static HttpReply whole(int status, String type, byte[] content) {
        return new HttpReply.Whole(status, List.of(new Header("Content-Type", type)), content);
    }

    private static void validators(List<Header> headers, @Nullable String tag, @Nullable Instant lastModified) {
        if (tag != null) {
            headers.add(new Header("ETag", tag));
        }
        if (lastModified != null) {
            headers.add(new Header("Last-Modified", HttpDate.format(lastModified)));
        }
    }

    private static byte[] document(ApiDocument document, Encoding encoding) {
        return switch (encoding) {
            case JSON -> {
                var bytes = new ByteArrayOutputStream();
                try (var out = JsonWriter.open(bytes, JsonOptions.COMPACT)) {
                    out.writeStartObject();
                    document.json(out);
                    out.writeEndObject();
                }
                yield bytes.toByteArray();
            }
            case XML -> document.xml().getBytes(StandardCharsets.UTF_8);
        };
    }
}

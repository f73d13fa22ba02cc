package io.auspex.restconfserver;

import io.auspex.restconfserver.http.Accept;
import io.auspex.restconfserver.http.Headers;
import io.auspex.restconfserver.http.MediaType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The encodings of resources (RFC 8040 §3.2, §5.2). */
enum Encoding {
    JSON,
    XML;

    private static final List<String> DATA_OFFERS =
            List.of("application/yang-data+json", "application/yang-data+xml", "application/json", "application/xml");
    /** Entries of a list or leaf-list (draft-ietf-netconf-list-pagination-rc §2.2). */
    private static final String XML_LIST = "application/yang-data+xml-list";

    private static final List<String> READ_OFFERS =
            Stream.concat(DATA_OFFERS.stream(), Stream.of(XML_LIST)).toList();

    private static final List<String> ANYTHING = List.of("*/*");
    private static final List<String> DATA_IN_JSON = List.of(DATA_OFFERS.getFirst());
    private static final Chosen DEFAULT = new Chosen(JSON, DATA_OFFERS.getFirst());

    private String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of its identity in ietf-subscribed-notifications. */
    String identity() {
        return "encode-" + suffix();
    }

    /** The encoding of such a name. */
    static Encoding named(String identity) {
        return identity.equals(XML.identity()) ? XML : JSON;
    }

    /** The media type of data resources and errors. */
    String dataType() {
        return "application/yang-data+" + suffix();
    }

    /** The media type of YANG Patch (RFC 8072 §2.1). */
    String patchType() {
        return "application/yang-patch+" + suffix();
    }

    /** A media type that the reply has, with the encoding it means. */
    record Chosen(Encoding encoding, String mediaType) {
        /** True when entries of a list are wrapped to make one document. */
        boolean isList() {
            return mediaType.equals(XML_LIST);
        }
    }

    /**
     * The encoding that a client wants its answer in.
     *
     * @throws YangException with {@code NOT_ACCEPTABLE} when it accepts none
     */
    static Chosen accepted(Headers headers) throws YangException {
        return accepted(headers, DATA_OFFERS);
    }

    /** As {@link #accepted}, of a data resource that is read. */
    static Chosen acceptedToRead(Headers headers) throws YangException {
        return accepted(headers, READ_OFFERS);
    }

    private static Chosen accepted(Headers headers, List<String> offers) throws YangException {
        var fields = headers.all("Accept");
        if (fields.isEmpty() || fields.equals(ANYTHING) || fields.equals(DATA_IN_JSON)) {
            return DEFAULT;
        }
        var type = Accept.of(fields).choose(offers);
        return new Chosen(
                encodingOf(type.orElseThrow(() -> new YangException(
                        Failure.NOT_ACCEPTABLE,
                        "The resource is given as application/yang-data+json or application/yang-data+xml only."))),
                type.get());
    }

    /** The encoding of an error: as accepted, else that of the request's content, else JSON. */
    static Chosen forErrors(List<String> accept, Optional<String> contentType) {
        var type = Accept.of(accept).choose(DATA_OFFERS);
        var given = !accept.isEmpty() && accept.stream().anyMatch(a -> !a.isBlank() && !a.contains("*/*"));
        if (type.isPresent() && given) {
            return new Chosen(encodingOf(type.get()), type.get());
        }
        var xml = contentType.filter(c -> c.contains("xml")).isPresent();
        return xml ? new Chosen(XML, XML.dataType()) : new Chosen(JSON, JSON.dataType());
    }

    /** The encoding of an error that answers a request with these headers. */
    static Chosen forErrors(Headers headers) {
        return forErrors(headers.all("Accept"), headers.first("Content-Type"));
    }

    private static Encoding encodingOf(String mediaType) {
        return mediaType.contains("xml") ? XML : JSON;
    }

    /**
     * The encoding of the content of a request.
     *
     * @throws YangException when the header is missing, repeated or names no media type that is understood
     */
    static Encoding ofContent(Headers headers) throws YangException {
        return switch (contentType(headers).name()) {
            case "application/yang-data+json", "application/json" -> JSON;
            case "application/yang-data+xml", "application/xml" -> XML;
            default -> throw unsupported(headers);
        };
    }

    /** The encoding of a YANG Patch; empty when the content is no patch. */
    static Optional<Encoding> ofPatch(Headers headers) throws YangException {
        var type = contentType(headers).name();
        for (var encoding : values()) {
            if (encoding.patchType().equals(type)) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }

    /** The media type of the content, which is UTF-8 and not compressed. */
    static MediaType contentType(Headers headers) throws YangException {
        var all = headers.all("Content-Type");
        var coded = headers.all("Content-Encoding").stream().anyMatch(c -> !c.equalsIgnoreCase("identity"));
        var type = all.size() == 1 ? MediaType.parse(all.getFirst()) : Optional.<MediaType>empty();
        if (coded || type.isEmpty()) {
            throw unsupported(headers);
        }
        var charset = type.get().parameters().getOrDefault("charset", "utf-8");
        if (!charset.equalsIgnoreCase("utf-8")) {
            throw unsupported(headers);
        }
        return type.get();
    }

    private static YangException unsupported(Headers headers) {
        if (!headers.has("Content-Type")) {
            return new YangException(
                    Failure.UNSUPPORTED_MEDIA_TYPE, "The request has content and no Content-Type header.");
        }
        return new YangException(
                Failure.UNSUPPORTED_MEDIA_TYPE,
                "The content is taken as application/yang-data+json or application/yang-data+xml in UTF-8, not "
                        + "compressed; for PATCH also as application/yang-patch+json or application/yang-patch+xml.");
    }
}

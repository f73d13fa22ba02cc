package io.auspex.yang.error;

/**
 * The situation in which a request fails. It yields the error-tag and the layer; RESTCONF also takes the HTTP status from
 * it, since RFC 8040 §7 allows several for one tag.
 */
public enum Failure {
    /** The message is not well-formed. */
    MALFORMED(ErrorType.PROTOCOL, ErrorTag.MALFORMED_MESSAGE),
    /** The message is larger than the server takes. */
    MESSAGE_TOO_BIG(ErrorType.PROTOCOL, ErrorTag.TOO_BIG),
    /** The answer would be larger than the server gives. */
    ANSWER_TOO_BIG(ErrorType.PROTOCOL, ErrorTag.TOO_BIG),
    /** The caller has as many of something as it may have. */
    TOO_MANY(ErrorType.APPLICATION, ErrorTag.TOO_BIG),
    /** The target of the request is no node of the schema, or its identifier is not well-formed. */
    BAD_TARGET(ErrorType.PROTOCOL, ErrorTag.INVALID_VALUE),
    /** The target of the request does not exist. */
    NO_SUCH_RESOURCE(ErrorType.PROTOCOL, ErrorTag.INVALID_VALUE),
    /** A parameter of the request is unknown, repeated or has a wrong value. */
    BAD_PARAMETER(ErrorType.PROTOCOL, ErrorTag.INVALID_VALUE),
    /** None of the media types asked for can be given. */
    NOT_ACCEPTABLE(ErrorType.PROTOCOL, ErrorTag.INVALID_VALUE),
    /** The media type of the message is not understood. */
    UNSUPPORTED_MEDIA_TYPE(ErrorType.PROTOCOL, ErrorTag.INVALID_VALUE),
    /** A parameter of the request is not for this target. */
    MISPLACED_PARAMETER(ErrorType.APPLICATION, ErrorTag.OPERATION_NOT_SUPPORTED),
    /** A page begins behind the end of its list. */
    RANGE_NOT_SATISFIABLE(ErrorType.APPLICATION, ErrorTag.INVALID_VALUE),
    /** A parameter names an entry that the list does not have. */
    NO_SUCH_ENTRY(ErrorType.APPLICATION, ErrorTag.INVALID_VALUE),
    /** A locale is asked for that the server does not have. */
    NO_SUCH_LOCALE(ErrorType.APPLICATION, ErrorTag.INVALID_VALUE),
    /** A value is not of its type, or a constraint on it does not hold. */
    INVALID_VALUE(ErrorType.APPLICATION, ErrorTag.INVALID_VALUE),
    /** An attribute or parameter that is needed is missing. */
    MISSING_ATTRIBUTE(ErrorType.RPC, ErrorTag.MISSING_ATTRIBUTE),
    BAD_ATTRIBUTE(ErrorType.PROTOCOL, ErrorTag.BAD_ATTRIBUTE),
    UNKNOWN_ATTRIBUTE(ErrorType.PROTOCOL, ErrorTag.UNKNOWN_ATTRIBUTE),
    MISSING_ELEMENT(ErrorType.PROTOCOL, ErrorTag.MISSING_ELEMENT),
    BAD_ELEMENT(ErrorType.PROTOCOL, ErrorTag.BAD_ELEMENT),
    UNKNOWN_ELEMENT(ErrorType.PROTOCOL, ErrorTag.UNKNOWN_ELEMENT),
    UNKNOWN_NAMESPACE(ErrorType.PROTOCOL, ErrorTag.UNKNOWN_NAMESPACE),
    /** The caller has not proved who it is. */
    UNAUTHENTICATED(ErrorType.PROTOCOL, ErrorTag.ACCESS_DENIED),
    ACCESS_DENIED(ErrorType.PROTOCOL, ErrorTag.ACCESS_DENIED),
    /** Someone else holds a lock on the target. */
    IN_USE(ErrorType.APPLICATION, ErrorTag.IN_USE),
    LOCK_DENIED(ErrorType.PROTOCOL, ErrorTag.LOCK_DENIED),
    /** A limit on what the caller may use is reached. */
    RESOURCE_DENIED(ErrorType.APPLICATION, ErrorTag.RESOURCE_DENIED),
    ROLLBACK_FAILED(ErrorType.APPLICATION, ErrorTag.ROLLBACK_FAILED),
    DATA_EXISTS(ErrorType.APPLICATION, ErrorTag.DATA_EXISTS),
    DATA_MISSING(ErrorType.APPLICATION, ErrorTag.DATA_MISSING),
    /** The server does not do this. */
    NOT_SUPPORTED(ErrorType.PROTOCOL, ErrorTag.OPERATION_NOT_SUPPORTED),
    /** The method is not allowed on this target. */
    METHOD_NOT_ALLOWED(ErrorType.PROTOCOL, ErrorTag.OPERATION_NOT_SUPPORTED),
    /** The resource is not in the state that the request demands (RFC 7232). */
    PRECONDITION_FAILED(ErrorType.PROTOCOL, ErrorTag.OPERATION_FAILED),
    /** The configuration as a whole would not be valid. */
    INVALID_CONFIGURATION(ErrorType.APPLICATION, ErrorTag.OPERATION_FAILED),
    /** The server is not able to answer now. */
    UNAVAILABLE(ErrorType.APPLICATION, ErrorTag.OPERATION_FAILED),
    /** A fault of the server; the message has an incident id, the log the trace. */
    INTERNAL(ErrorType.APPLICATION, ErrorTag.OPERATION_FAILED);

    private final ErrorType type;
    private final ErrorTag tag;

    Failure(ErrorType type, ErrorTag tag) {
        this.type = type;
        this.tag = tag;
    }

    public ErrorType type() {
        return type;
    }

    public ErrorTag tag() {
        return tag;
    }
}

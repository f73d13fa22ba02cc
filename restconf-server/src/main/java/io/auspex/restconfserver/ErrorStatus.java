package io.auspex.restconfserver;

import io.auspex.yang.error.Failure;

/** The HTTP status of a failure (RFC 8040 §7). */
final class ErrorStatus {
    private ErrorStatus() {}

    static int of(Failure failure) {
        return switch (failure) {
            case MALFORMED,
                    ANSWER_TOO_BIG,
                    BAD_TARGET,
                    BAD_PARAMETER,
                    MISPLACED_PARAMETER,
                    INVALID_VALUE,
                    MISSING_ATTRIBUTE,
                    BAD_ATTRIBUTE,
                    UNKNOWN_ATTRIBUTE,
                    MISSING_ELEMENT,
                    BAD_ELEMENT,
                    UNKNOWN_ELEMENT,
                    UNKNOWN_NAMESPACE -> 400;
            case UNAUTHENTICATED -> 401;
            case ACCESS_DENIED -> 403;
            case NO_SUCH_RESOURCE, NO_SUCH_ENTRY -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case NOT_ACCEPTABLE -> 406;
            case IN_USE, LOCK_DENIED, RESOURCE_DENIED, TOO_MANY, DATA_EXISTS, DATA_MISSING -> 409;
            case PRECONDITION_FAILED, INVALID_CONFIGURATION -> 412;
            case MESSAGE_TOO_BIG -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case RANGE_NOT_SATISFIABLE -> 416;
            case INTERNAL, ROLLBACK_FAILED -> 500;
            case NOT_SUPPORTED, NO_SUCH_LOCALE -> 501;
            case UNAVAILABLE -> 503;
        };
    }

    /** The failure that a transport fault of that status is. */
    static Failure of(int status) {
        return switch (status) {
            case 401 -> Failure.UNAUTHENTICATED;
            case 403 -> Failure.ACCESS_DENIED;
            case 404 -> Failure.NO_SUCH_RESOURCE;
            case 405 -> Failure.METHOD_NOT_ALLOWED;
            case 413, 414, 431 -> Failure.MESSAGE_TOO_BIG;
            case 500 -> Failure.INTERNAL;
            case 501, 505 -> Failure.NOT_SUPPORTED;
            case 503 -> Failure.UNAVAILABLE;
            default -> Failure.MALFORMED;
        };
    }
}

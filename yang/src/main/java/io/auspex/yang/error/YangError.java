package io.auspex.yang.error;

import io.auspex.yang.schema.DataPath;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One error of a request, the same for NETCONF (RFC 6241 §4.3) and RESTCONF (RFC 8040 §7.1).
 *
 * @param failure the situation; yields tag and HTTP status
 * @param type the layer, by default the failure's
 * @param appTag error-app-tag of the model
 * @param path the node that the error is about
 * @param message for people: what, where, got, expected
 * @param info error-info
 */
public record YangError(
        Failure failure,
        ErrorType type,
        @Nullable String appTag,
        @Nullable DataPath path,
        String message,
        List<ErrorInfo> info) {
    public YangError {
        Objects.requireNonNull(message);
        info = List.copyOf(info);
    }

    public static YangError of(Failure failure, String message) {
        return new YangError(failure, failure.type(), null, null, message, List.of());
    }

    public static YangError of(Failure failure, DataPath path, String message) {
        return new YangError(failure, failure.type(), null, path, message, List.of());
    }

    public ErrorTag tag() {
        return failure.tag();
    }

    public YangError withType(ErrorType other) {
        return new YangError(failure, other, appTag, path, message, info);
    }

    public YangError withAppTag(String tag) {
        return new YangError(failure, type, tag.isEmpty() ? null : tag, path, message, info);
    }

    public YangError withPath(DataPath where) {
        return new YangError(failure, type, appTag, where, message, info);
    }

    public YangError withInfo(ErrorInfo... more) {
        return new YangError(failure, type, appTag, path, message, List.of(more));
    }
}

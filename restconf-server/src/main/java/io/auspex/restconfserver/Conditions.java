package io.auspex.restconfserver;

import io.auspex.restconfserver.http.Headers;
import io.auspex.restconfserver.http.HttpDate;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that a request makes (RFC 9110 §13.1), each an empty list or null when it does not.
 *
 * @param ifMatch tags as written, {@code *} included
 * @param ifNoneMatch tags as written, {@code *} included
 */
record Conditions(
        List<String> ifMatch,
        List<String> ifNoneMatch,
        @Nullable Instant ifModifiedSince,
        @Nullable Instant ifUnmodifiedSince) {
    private static final Conditions NONE = new Conditions(List.of(), List.of(), null, null);

    static Conditions of(Headers headers) {
        var match = tags(headers.all("If-Match"));
        var noneMatch = tags(headers.all("If-None-Match"));
        var modified = headers.first("If-Modified-Since").flatMap(HttpDate::parse);
        var unmodified = headers.first("If-Unmodified-Since").flatMap(HttpDate::parse);
        return match.isEmpty() && noneMatch.isEmpty() && modified.isEmpty() && unmodified.isEmpty()
                ? NONE
                : new Conditions(match, noneMatch, modified.orElse(null), unmodified.orElse(null));
    }

    private static List<String> tags(List<String> fields) {
        var tags = new ArrayList<String>();
        for (var field : fields) {
            for (var tag : field.split(",", -1)) {
                if (!tag.isBlank()) {
                    tags.add(tag.strip());
                }
            }
        }
        return tags;
    }

    /** True when the request makes none. */
    boolean isEmpty() {
        return equals(NONE);
    }

    /** True when a client that reads has this representation already (304). */
    boolean notModified(@Nullable String tag, @Nullable Instant lastModified, Instant now) {
        if (!ifNoneMatch.isEmpty()) {
            return tag != null && ifNoneMatch.stream().anyMatch(t -> t.equals("*") || weak(t).equals(tag));
        }
        return ifModifiedSince != null
                && lastModified != null
                && !ifModifiedSince.isAfter(now)
                && !HttpDate.truncate(lastModified).isAfter(ifModifiedSince);
    }

    /**
     * Checks the conditions that a representation has to meet to be read at all (RFC 9110 §13.2.2).
     *
     * @param tag null when the representation has none
     * @throws YangException with {@code PRECONDITION_FAILED}
     */
    void checkRead(@Nullable String tag, @Nullable Instant lastModified) throws YangException {
        if (!ifMatch.isEmpty()) {
            if (ifMatch.stream().noneMatch(t -> t.equals("*") || t.equals(tag))) {
                throw failed("If-Match: the resource has changed");
            }
        } else {
            checkUnmodified(lastModified);
        }
    }

    private void checkUnmodified(@Nullable Instant lastModified) throws YangException {
        if (ifUnmodifiedSince != null
                && lastModified != null
                && HttpDate.truncate(lastModified).isAfter(ifUnmodifiedSince)) {
            throw failed("If-Unmodified-Since: the resource has changed at " + HttpDate.format(lastModified));
        }
    }

    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /**
     * Checks the conditions on a resource of that version (RFC 9110 §13.2.2).
     *
     * @param version null when the resource does not exist
     * @throws YangException with {@code PRECONDITION_FAILED}
     */
    void check(@Nullable Long version, @Nullable Instant lastModified) throws YangException {
        if (!ifMatch.isEmpty()) {
            if (ifMatch.stream().noneMatch(t -> version != null && (t.equals("*") || names(t, version)))) {
                throw failed("If-Match: the resource " + (version == null ? "does not exist" : "has changed"));
            }
        } else {
            checkUnmodified(lastModified);
        }
        if (version != null && ifNoneMatch.stream().anyMatch(t -> t.equals("*") || names(weak(t), version))) {
            throw failed("If-None-Match: the resource exists" + (ifNoneMatch.contains("*") ? "" : " unchanged"));
        }
    }

    private static YangException failed(String message) {
        return new YangException(Failure.PRECONDITION_FAILED, message);
    }

    private static boolean names(String tag, long version) {
        return EntityTags.version(tag).filter(v -> v == version).isPresent();
    }
}

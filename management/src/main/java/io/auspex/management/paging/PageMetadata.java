package io.auspex.management.paging;

import io.auspex.yang.codec.Annotation;
import io.auspex.yang.schema.ModuleInfo;
import java.util.List;

/** Makes the annotations of the module ietf-list-pagination (draft-ietf-netconf-list-pagination §4.3). */
final class PageMetadata {
    private static final ModuleInfo MODULE = new ModuleInfo(
            "ietf-list-pagination", "urn:ietf:params:xml:ns:yang:ietf-list-pagination", "lpg", "2025-04-03");
    private static final long MOST = 4_294_967_295L;

    private PageMetadata() {}

    /** How many elements were left out; {@link Cut#UNKNOWN} for too many to be counted. */
    static List<Annotation> remaining(long count) {
        return List.of(new Annotation(MODULE, "remaining", count == Cut.UNKNOWN ? "unknown" : Math.min(count, MOST)));
    }

    static Annotation text(String name, String value) {
        return new Annotation(MODULE, name, value);
    }
}

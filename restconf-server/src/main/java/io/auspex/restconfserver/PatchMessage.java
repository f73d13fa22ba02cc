package io.auspex.restconfserver;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A YANG Patch as it stands in its message, before targets and values mean anything (RFC 8072 §3).
 *
 * @param edits at most 10,000
 */
record PatchMessage(String patchId, List<RawEdit> edits) {
    static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-yang-patch";
    private static final int MAX_EDITS = 10_000;
    private static final Set<String> LEAVES = Set.of("edit-id", "operation", "target", "point", "where");

    /** Gives the value of an edit as a node, once its target is known; asked at most once, in the order of the edits. */
    interface Value {
        DataNode as(DataPath target) throws YangException;
    }

    /** One edit: its leaves as text. */
    record RawEdit(Map<String, String> leaves, @Nullable Value value) {
        String get(String name) throws YangException {
            var text = leaves.get(name);
            if (text == null) {
                throw new YangException(Failure.MISSING_ELEMENT, "an edit has no " + name);
            }
            return text;
        }
    }

    /** Takes the parts of a message as they are read. */
    static final class Builder {
        private final List<RawEdit> edits = new ArrayList<>();
        private Map<String, String> leaves = new HashMap<>();
        private @Nullable Value value;
        private @Nullable String patchId;

        static boolean isLeaf(String name) {
            return LEAVES.contains(name);
        }

        void patchId(String id) throws YangException {
            once(patchId == null, "patch-id");
            patchId = id;
        }

        void leaf(String name, String text) throws YangException {
            once(leaves.put(name, text) == null, name);
        }

        void value(Value given) throws YangException {
            once(value == null, "value");
            value = given;
        }

        private static void once(boolean first, String name) throws YangException {
            if (!first) {
                throw new YangException(Failure.BAD_ELEMENT, name + " stands twice");
            }
        }

        void endEdit() throws YangException {
            if (edits.size() == MAX_EDITS) {
                throw new YangException(Failure.MESSAGE_TOO_BIG, "a patch has at most " + MAX_EDITS + " edits");
            }
            edits.add(new RawEdit(leaves, value));
            leaves = new HashMap<>();
            value = null;
        }

        PatchMessage build() throws YangException {
            if (patchId == null) {
                throw new YangException(Failure.MISSING_ELEMENT, "the patch has no patch-id");
            }
            return new PatchMessage(patchId, edits);
        }
    }

    static void require(boolean holds, String expected) throws YangException {
        if (!holds) {
            throw new YangException(Failure.MALFORMED, "the message is no YANG Patch: " + expected + " expected");
        }
    }

    static YangException unknown(String name) {
        return new YangException(Failure.UNKNOWN_ELEMENT, "a YANG Patch has no '" + name + "' there");
    }
}

package io.auspex.management;

import io.auspex.yang.codec.Annotations;
import io.auspex.yang.data.DataNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a read found, already reduced to what the caller may see and asked for.
 *
 * @param node the target, read lazily: writing it out is what reads it
 * @param version entity version of the resource for ETag (RFC 8040 §3.5.2); null where the resource is state or
 *     in the candidate, whose changes have no version
 * @param lastModified when the configuration under the target was changed last; null where that is not kept
 * @param annotations the metadata to be written with the node: what is a default, where it comes from
 * @param versions those of the nodes of a whole datastore; null of anything else
 */
public record ReadResult(
        DataNode node,
        @Nullable Long version,
        @Nullable Instant lastModified,
        Annotations annotations,
        @Nullable NodeVersions versions) {
    /** A result whose nodes have no versions of their own. */
    public ReadResult(DataNode node, @Nullable Long version, @Nullable Instant lastModified, Annotations annotations) {
        this(node, version, lastModified, annotations, null);
    }

    /** A result without metadata. */
    public ReadResult(DataNode node, @Nullable Long version, @Nullable Instant lastModified) {
        this(node, version, lastModified, Annotations.NONE);
    }
}

package io.auspex.management;

import io.auspex.datastore.DatastoreName;
import io.auspex.management.paging.Page;
import io.auspex.yang.schema.DataPath;
import org.jspecify.annotations.Nullable;

/**
 * A read of one data resource and what is below it (RFC 8040 §4.3, RFC 8526 §3.1.1).
 *
 * @param datastore which; {@link DatastoreName#OPERATIONAL} unites configuration in use and state
 * @param target the node read; the root for all
 * @param content which of configuration and state
 * @param depth how many levels, the target being the first; {@link Integer#MAX_VALUE} for all
 * @param fields which descendants, null for all
 * @param defaults how default values are shown
 * @param withOrigin whether it is told where configuration comes from (RFC 8342 §5.3.4); only of operational
 * @param page which entries of the target, null for all
 * @param inUse true when the operational datastore as such is read: defaults in use are part of it, so they are shown
 *     unless they are to be trimmed, and whatever has its default value is tagged as such (RFC 8526 §3.1.1.2)
 */
public record ReadRequest(
        DatastoreName datastore,
        DataPath target,
        Content content,
        int depth,
        @Nullable FieldSelection fields,
        WithDefaults defaults,
        boolean withOrigin,
        @Nullable Page page,
        boolean inUse) {

    /** A read of all entries. */
    public ReadRequest(
            DatastoreName datastore,
            DataPath target,
            Content content,
            int depth,
            @Nullable FieldSelection fields,
            WithDefaults defaults,
            boolean withOrigin) {
        this(datastore, target, content, depth, fields, defaults, withOrigin, null, false);
    }

    /** The same, of the operational datastore as such, or not. */
    public ReadRequest withInUse(boolean whatIsInUse) {
        return new ReadRequest(datastore, target, content, depth, fields, defaults, withOrigin, page, whatIsInUse);
    }

    /** A read of all entries without origins. */
    public ReadRequest(
            DatastoreName datastore,
            DataPath target,
            Content content,
            int depth,
            @Nullable FieldSelection fields,
            WithDefaults defaults) {
        this(datastore, target, content, depth, fields, defaults, false);
    }

    /** Which data of a resource is read (RFC 8040 §4.8.1). */
    public enum Content {
        CONFIG,
        NONCONFIG,
        ALL
    }

    /** How default values are shown (RFC 6243 §3). */
    public enum WithDefaults {
        REPORT_ALL,
        REPORT_ALL_TAGGED,
        TRIM,
        EXPLICIT
    }

    public static ReadRequest of(DatastoreName datastore, DataPath target) {
        return new ReadRequest(datastore, target, Content.ALL, Integer.MAX_VALUE, null, WithDefaults.EXPLICIT);
    }
}

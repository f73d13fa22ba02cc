package io.auspex.restconfserver;

import io.auspex.datastore.DatastoreName;
import io.auspex.restconfserver.http.Header;
import io.auspex.yang.schema.NodeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The methods that a resource has (RFC 8040 §4, Table 2). */
enum Allowed {
    READ_ONLY("GET, HEAD, OPTIONS"),
    STREAM("GET, HEAD, OPTIONS"),
    /** A subscription is received by whoever GETs it, so it has no HEAD. */
    SUBSCRIPTION("GET, OPTIONS"),
    OPERATION("POST, OPTIONS"),
    DATASTORE("GET, HEAD, OPTIONS, POST, PUT, PATCH"),
    DATA("GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE"),
    /** A node that can have no child resources: POST has nothing to create. */
    LEAF("GET, HEAD, OPTIONS, PUT, PATCH, DELETE"),
    KEY("GET, HEAD, OPTIONS, PUT, PATCH");

    /** The media types that PATCH takes (RFC 5789 §3.1). */
    static final Header ACCEPT_PATCH = new Header(
            "Accept-Patch",
            String.join(
                    ", ",
                    Encoding.JSON.dataType(),
                    Encoding.XML.dataType(),
                    Encoding.JSON.patchType(),
                    Encoding.XML.patchType()));

    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT");

    private final String methods;

    Allowed(String methods) {
        this.methods = methods;
    }

    static Allowed of(RestconfRequest.Resource resource) {
        var schema = resource.path().schema();
        var datastore = resource.datastore();
        var writable = datastore == null || datastore == DatastoreName.RUNNING || datastore == DatastoreName.CANDIDATE;
        if (!writable) {
            return READ_ONLY;
        }
        if (resource.path().isRoot()) {
            return DATASTORE;
        }
        var wholeList = (schema.kind() == NodeKind.LIST || schema.kind() == NodeKind.LEAF_LIST)
                && resource.path().key().isEmpty();
        if (!schema.config() || wholeList) {
            return READ_ONLY;
        }
        if (schema.isKey()) {
            return KEY;
        }
        return schema.kind() == NodeKind.CONTAINER || schema.kind() == NodeKind.LIST ? DATA : LEAF;
    }

    boolean allows(String method) {
        return (", " + methods + ", ").contains(", " + method + ", ");
    }

    /** True for the methods that HTTP defines, whether a resource has them or not. */
    static boolean isKnown(String method) {
        return KNOWN.contains(method);
    }

    String methods() {
        return methods;
    }

    /** The headers that tell what is allowed (RFC 8040 §4.1, RFC 5789 §3.1). */
    List<Header> headers() {
        var headers = new ArrayList<Header>();
        headers.add(new Header("Allow", methods));
        if (allows("PATCH")) {
            headers.add(ACCEPT_PATCH);
        }
        return headers;
    }
}

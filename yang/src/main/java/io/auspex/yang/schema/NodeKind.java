package io.auspex.yang.schema;

/** What a schema node is; choices and cases are not nodes of the data tree and so no kinds (RFC 7950 §3). */
public enum NodeKind {
    ROOT,
    CONTAINER,
    LIST,
    LEAF,
    LEAF_LIST,
    ANYDATA,
    ANYXML,
    RPC,
    ACTION,
    INPUT,
    OUTPUT,
    NOTIFICATION
}

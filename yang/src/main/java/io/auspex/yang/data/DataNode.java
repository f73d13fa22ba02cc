package io.auspex.yang.data;

import io.auspex.yang.schema.SchemaNode;

/**
 * One node of a data tree as it is read; an implementation may make its children while they are asked for, so that
 * operational state is streamed and never copied into a tree.
 *
 * <p>Nodes are read by one thread at a time and stand for one moment.
 */
public sealed interface DataNode permits InnerNode, ListNode, LeafNode, LeafListNode, OpaqueNode {
    SchemaNode schema();
}

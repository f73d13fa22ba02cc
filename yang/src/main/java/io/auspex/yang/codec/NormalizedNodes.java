package io.auspex.yang.codec;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.ForeignDataNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/**
 * Data trees as the nodes of YANG Tools, which its binding codec works on, and back. There choices are nodes, and values
 * have other types.
 */
public final class NormalizedNodes {
    private final ModelContext model;

    public NormalizedNodes(ModelContext model) {
        this.model = model;
    }

    /** The node of YANG Tools; of a list or leaf-list the whole. */
    public NormalizedNode write(DataNode node) {
        var schema = node.schema();
        return switch (node) {
            case LeafNode leaf ->
                ImmutableNodes.leafNode(schema.qname(), NormalizedValues.write(schema.type(), leaf.value()));
            case LeafListNode values -> leafList(values);
            case ListNode list -> list(list);
            case OpaqueNode opaque -> opaque(opaque);
            case InnerNode entry
            when schema.kind() == NodeKind.LIST && !schema.keys().isEmpty() -> entry(entry);
            case InnerNode entry when schema.kind() == NodeKind.LIST -> unkeyed(entry);
            case InnerNode inner ->
                ImmutableNodes.newContainerBuilder()
                        .withNodeIdentifier(new NodeIdentifier(schema.qname()))
                        .withValue(children(inner))
                        .build();
        };
    }

    private NormalizedNode leafList(LeafListNode values) {
        var schema = values.schema();
        var entries = new ArrayList<LeafSetEntryNode<Object>>();
        for (var value : values) {
            entries.add(ImmutableNodes.leafSetEntry(schema.qname(), NormalizedValues.write(schema.type(), value)));
        }
        return schema.userOrdered()
                ? ImmutableNodes.newUserLeafSetBuilder()
                        .withNodeIdentifier(new NodeIdentifier(schema.qname()))
                        .withValue(entries)
                        .build()
                : ImmutableNodes.newSystemLeafSetBuilder()
                        .withNodeIdentifier(new NodeIdentifier(schema.qname()))
                        .withValue(entries)
                        .build();
    }

    private NormalizedNode list(ListNode list) {
        var schema = list.schema();
        var name = new NodeIdentifier(schema.qname());
        if (schema.keys().isEmpty()) {
            var entries = new ArrayList<UnkeyedListEntryNode>();
            list.forEach(e -> entries.add(unkeyed(e)));
            return ImmutableNodes.newUnkeyedListBuilder()
                    .withNodeIdentifier(name)
                    .withValue(entries)
                    .build();
        }
        var entries = new ArrayList<MapEntryNode>();
        list.forEach(e -> entries.add(entry(e)));
        return schema.userOrdered()
                ? ImmutableNodes.newUserMapBuilder()
                        .withNodeIdentifier(name)
                        .withValue(entries)
                        .build()
                : ImmutableNodes.newSystemMapBuilder()
                        .withNodeIdentifier(name)
                        .withValue(entries)
                        .build();
    }

    private MapEntryNode entry(InnerNode entry) {
        var key = Objects.requireNonNull(entry.key(), () -> "an entry of " + entry.schema() + " without its keys");
        return ImmutableNodes.newMapEntryBuilder()
                .withNodeIdentifier(NormalizedValues.entry(entry.schema(), key))
                .withValue(children(entry))
                .build();
    }

    private UnkeyedListEntryNode unkeyed(InnerNode entry) {
        return ImmutableNodes.newUnkeyedListEntryBuilder()
                .withNodeIdentifier(new NodeIdentifier(entry.schema().qname()))
                .withValue(children(entry))
                .build();
    }

    private static NormalizedNode opaque(OpaqueNode opaque) {
        var name = new NodeIdentifier(opaque.schema().qname());
        return opaque.schema().kind() == NodeKind.ANYDATA
                ? ImmutableNodes.newAnydataBuilder(OpaqueNode.class)
                        .withNodeIdentifier(name)
                        .withValue(opaque)
                        .build()
                : ImmutableNodes.newAnyxmlBuilder(OpaqueNode.class)
                        .withNodeIdentifier(name)
                        .withValue(opaque)
                        .build();
    }

    private Collection<DataContainerChild> children(InnerNode node) {
        var children = new ArrayList<DataNode>();
        node.children().forEach(children::add);
        return children(children, 0);
    }

    /** The children, those in choices put into nodes of their own from a level of choices on. */
    private Collection<DataContainerChild> children(List<DataNode> nodes, int level) {
        var inChoices = new LinkedHashMap<QName, List<DataNode>>();
        var children = new ArrayList<DataContainerChild>();
        for (var node : nodes) {
            var choices = NormalizedValues.choices(node.schema());
            if (choices.size() > level) {
                inChoices
                        .computeIfAbsent(choices.get(level).qname(), _ -> new ArrayList<>())
                        .add(node);
            } else {
                children.add((DataContainerChild) write(node));
            }
        }
        inChoices.forEach((choice, members) -> children.add(ImmutableNodes.newChoiceBuilder()
                .withNodeIdentifier(new NodeIdentifier(choice))
                .withValue(children(members, level + 1))
                .build()));
        return children;
    }

    /**
     * The node here, every value checked against the schema.
     *
     * @param schema of the node; of a list or leaf-list also where the node is one entry
     * @throws YangException invalid-value or unknown-element, when the other model has what this one has not
     */
    public DataNode read(SchemaNode schema, NormalizedNode node) throws YangException {
        return switch (node) {
            case org.opendaylight.yangtools.yang.data.api.schema.LeafNode<?> leaf ->
                new LeafNode(schema, value(schema, leaf.body()));
            case LeafSetNode<?> values -> {
                var all = new ArrayList<Object>();
                for (var entry : values.body()) {
                    all.add(value(schema, entry.body()));
                }
                yield TreeLeafList.of(schema, all);
            }
            case LeafSetEntryNode<?> entry -> TreeLeafList.of(schema, List.of(value(schema, entry.body())));
            case MapNode list -> TreeList.of(schema, entries(schema, list.body()));
            case UnkeyedListNode list -> TreeList.of(schema, entries(schema, list.body()));
            case ForeignDataNode<?> foreign
            when foreign.body() instanceof OpaqueNode opaque ->
                new OpaqueNode(schema, opaque.encoding(), opaque.content());
            case DataContainerNode inner -> inner(schema, inner);
            default -> throw new YangException(Failure.INVALID_VALUE, schema + ": no data of " + node.contract());
        };
    }

    /** As {@link #read} for a container, list entry, input, output or notification. */
    public TreeNode readInner(SchemaNode schema, DataContainerNode node) throws YangException {
        return inner(schema, node);
    }

    private TreeNode inner(SchemaNode schema, DataContainerNode node) throws YangException {
        var children = new ArrayList<DataNode>();
        collect(schema, node, children);
        return TreeNode.of(schema, children);
    }

    private void collect(SchemaNode schema, DataContainerNode node, List<DataNode> children) throws YangException {
        for (var child : node.body()) {
            if (child instanceof ChoiceNode choice) {
                collect(schema, choice, children);
                continue;
            }
            var name = child.name().getNodeType();
            var childSchema = schema.childInNamespace(name.getNamespace().toString(), name.getLocalName());
            if (childSchema.isEmpty()) {
                throw new YangException(Failure.UNKNOWN_ELEMENT, schema + " has no " + name);
            }
            children.add(read(childSchema.get(), child));
        }
    }

    private List<InnerNode> entries(SchemaNode schema, Collection<? extends DataContainerNode> entries)
            throws YangException {
        var all = new ArrayList<InnerNode>();
        for (var entry : entries) {
            all.add(inner(schema, entry));
        }
        return all;
    }

    private Object value(SchemaNode schema, Object value) throws YangException {
        try {
            return NormalizedValues.read(schema.type(), value, model);
        } catch (InvalidValueException e) {
            throw new YangException(Failure.INVALID_VALUE, schema + ": " + e.getMessage());
        }
    }
}

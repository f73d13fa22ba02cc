package io.auspex.yang.codec;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data nodes of one XML message (RFC 7950 §7) from a parser; each method begins at the start of an element and
 * leaves the parser at its end.
 */
final class XmlTree implements MessagePlace {
    private final ModelContext model;
    private final boolean stateAllowed;
    private final XMLStreamReader in;
    private final Metadata metadata;

    XmlTree(ModelContext model, boolean stateAllowed, XMLStreamReader in) {
        this.model = model;
        this.stateAllowed = stateAllowed;
        this.in = in;
        this.metadata = new Metadata(model);
    }

    @Override
    public String text() {
        var at = in.getLocation();
        return "line " + at.getLineNumber() + ", column " + at.getColumnNumber();
    }

    /** The element of the one resource of a path. */
    DataNode resource(DataPath target) throws YangException, XMLStreamException {
        var schema = target.schema();
        if (!isNamed(schema)) {
            var expected = schema.kind() == NodeKind.ROOT
                    ? "'data' of ietf-restconf"
                    : "'" + schema.name() + "' in namespace " + schema.namespace();
            var error = NodeCollector.at(target, this)
                    .fault(Failure.UNKNOWN_ELEMENT, "got element " + elementShown() + ", expected " + expected);
            throw new YangException(error.first().withInfo(ErrorInfo.badElement(in.getLocalName())));
        }
        return value(target);
    }

    private boolean isNamed(SchemaNode schema) {
        var name = in.getLocalName();
        var namespace = orEmpty(in.getNamespaceURI());
        return schema.kind() == NodeKind.ROOT
                ? name.equals("data") && (namespace.equals(XmlReader.RESTCONF) || namespace.equals(XmlReader.NETCONF))
                        || name.equals("config") && namespace.equals(XmlReader.NETCONF)
                : name.equals(schema.name()) && namespace.equals(schema.namespace());
    }

    /** The element of one resource below a path. */
    DataNode child(DataPath parent) throws YangException, XMLStreamException {
        return value(parent.child(schemaOf(NodeCollector.at(parent, this))));
    }

    /** The content of an element, whatever its name, as a node of a path: of a list or leaf-list its one entry. */
    DataNode value(DataPath target) throws YangException, XMLStreamException {
        var schema = target.schema();
        var place = NodeCollector.at(target, this);
        var holder = target.parent().map(p -> NodeCollector.at(p, this)).orElse(place);
        return switch (schema.kind()) {
            case LEAF -> {
                var tagged = XmlMarks.tagsDefault(in, holder, schema, metadata);
                yield checked(holder, new LeafNode(schema, scalar(holder, schema)), tagged);
            }
            case LEAF_LIST -> {
                var tagged = XmlMarks.tagsDefault(in, holder, schema, metadata);
                yield checked(holder, TreeLeafList.of(schema, List.of(scalar(holder, schema))), tagged);
            }
            case ANYDATA, ANYXML -> opaque(holder, schema);
            case LIST -> inner(target.key().isPresent() ? place : holder.below(schema), EditOperation.NONE, null);
            case ROOT, CONTAINER, RPC, ACTION, INPUT, OUTPUT, NOTIFICATION -> inner(place, EditOperation.NONE, null);
        };
    }

    private static DataNode checked(NodeCollector holder, DataNode node, boolean taggedDefault) throws YangException {
        if (taggedDefault) {
            holder.checkDefault(node);
        }
        return node;
    }

    /** The content of an element as edits of a datastore. */
    EditTree edit(SchemaNode root, EditOperation operation) throws YangException, XMLStreamException {
        var children = new ArrayList<EditTree>();
        var txid = Txid.at(in);
        var node = inner(NodeCollector.at(DataPath.root(root), this), operation, children);
        return new EditTree(root, null, node, operation, false, XmlMarks.NONE.position(), txid, children);
    }

    private TreeNode inner(NodeCollector collector, EditOperation inherited, @Nullable List<EditTree> edits)
            throws YangException, XMLStreamException {
        while (true) {
            switch (in.next()) {
                case XMLStreamConstants.END_ELEMENT -> {
                    return collector.build();
                }
                case XMLStreamConstants.START_ELEMENT -> member(collector, inherited, edits);
                default -> {
                    if (!XmlInput.isBlank(in.getText())) {
                        throw collector.fault(
                                Failure.INVALID_VALUE,
                                "got the text '" + JsonValues.shown(in.getText().strip()) + "', expected elements");
                    }
                }
            }
        }
    }

    /** Content of no known schema; that of anydata is nodes, not text (RFC 7950 §7.10). */
    private OpaqueNode opaque(NodeCollector holder, SchemaNode schema) throws XMLStreamException, YangException {
        try {
            var content = XmlOpaque.capture(in, schema.kind() == NodeKind.ANYDATA);
            return new OpaqueNode(schema, OpaqueNode.Encoding.XML, content);
        } catch (UnexpectedText e) {
            throw holder.fault(Failure.INVALID_VALUE, schema, e.getMessage() + ", expected elements");
        }
    }

    private SchemaNode schemaOf(NodeCollector parent) throws YangException {
        var namespace = orEmpty(in.getNamespaceURI());
        var found = parent.schema().childInNamespace(namespace, in.getLocalName());
        if (found.isEmpty()) {
            throw unknown(parent, namespace, in.getLocalName());
        }
        return found.get();
    }

    private void member(NodeCollector collector, EditOperation inherited, @Nullable List<EditTree> edits)
            throws YangException, XMLStreamException {
        var schema = schemaOf(collector);
        if (!stateAllowed && !schema.config() && collector.schema().config()) {
            throw collector.refused(Failure.INVALID_VALUE, schema, "is state, expected configuration");
        }
        if (edits == null) {
            plain(collector, schema, !isOpaque(schema) && XmlMarks.tagsDefault(in, collector, schema, metadata));
            return;
        }
        var marks = XmlMarks.of(in, collector, schema, this::module, metadata);
        var operation = marks.operation() == null ? inherited : marks.operation();
        if (schema.isKey() && operation.deletes() && !inherited.deletes()) {
            throw XmlMarks.bad(collector, schema, "operation", "a key goes with its entry alone");
        }
        edits.add(edited(collector, schema, marks, operation));
    }

    private void plain(NodeCollector collector, SchemaNode schema, boolean taggedDefault)
            throws YangException, XMLStreamException {
        switch (schema.kind()) {
            case LIST -> {
                collector.beginEntry(schema, false);
                var entry = inner(collector.below(schema), EditOperation.NONE, null);
                collector.addEntry(schema, checked(collector, entry, taggedDefault));
            }
            case LEAF_LIST -> {
                collector.beginEntry(schema, false);
                var value = new LeafNode(schema, scalar(collector, schema));
                collector.addEntry(schema, checked(collector, value, taggedDefault));
            }
            case LEAF -> {
                collector.begin(schema);
                var leaf = new LeafNode(schema, scalar(collector, schema));
                collector.add(checked(collector, leaf, taggedDefault));
            }
            case ANYDATA, ANYXML -> {
                collector.begin(schema);
                collector.add(opaque(collector, schema));
            }
            case ROOT, CONTAINER, RPC, ACTION, INPUT, OUTPUT, NOTIFICATION -> {
                collector.begin(schema);
                var node = inner(collector.below(schema), EditOperation.NONE, null);
                collector.add(checked(collector, node, taggedDefault));
            }
        }
    }

    private EditTree edited(NodeCollector collector, SchemaNode schema, XmlMarks marks, EditOperation operation)
            throws YangException, XMLStreamException {
        var deletes = operation.deletes();
        var children = new ArrayList<EditTree>();
        ListKey key = null;
        DataNode node = null;
        switch (schema.kind()) {
            case LIST -> {
                collector.beginEntry(schema, deletes);
                var entry = inner(collector.below(schema), operation, children);
                collector.addEntry(schema, entry);
                key = entry.key();
                node = entry;
            }
            case LEAF_LIST -> {
                collector.beginEntry(schema, deletes);
                var value = scalar(collector, schema);
                collector.addEntry(schema, new LeafNode(schema, value));
                key = ListKey.of(value);
                node = TreeLeafList.of(schema, List.of(value));
            }
            case LEAF -> {
                begin(collector, schema, deletes);
                var text = content(collector, schema);
                if (!deletes || !text.isBlank()) {
                    var leaf = new LeafNode(schema, parsed(collector, schema, text));
                    collector.add(leaf);
                    node = leaf;
                }
            }
            case ANYDATA, ANYXML -> {
                begin(collector, schema, deletes);
                node = opaque(collector, schema);
                collector.add(node);
            }
            case ROOT, CONTAINER, RPC, ACTION, INPUT, OUTPUT, NOTIFICATION -> {
                begin(collector, schema, deletes);
                node = inner(collector.below(schema), operation, children);
                collector.add(node);
            }
        }
        if (marks.tagged() && node != null) {
            collector.checkDefault(node);
        }
        var explicit = marks.operation() != null;
        return new EditTree(schema, key, node, operation, explicit, marks.position(), marks.txid(), children);
    }

    private static void begin(NodeCollector collector, SchemaNode schema, boolean deletes) throws YangException {
        if (deletes) {
            collector.beginDeleted(schema);
        } else {
            collector.begin(schema);
        }
    }

    private static boolean isOpaque(SchemaNode schema) {
        return schema.kind() == NodeKind.ANYDATA || schema.kind() == NodeKind.ANYXML;
    }

    Object scalar(NodeCollector parent, SchemaNode schema) throws YangException, XMLStreamException {
        return parsed(parent, schema, content(parent, schema));
    }

    private Object parsed(NodeCollector parent, SchemaNode schema, String text) throws YangException {
        try {
            return schema.type().parse(text, this::module);
        } catch (InvalidValueException e) {
            var error = parent.fault(Failure.INVALID_VALUE, schema, String.valueOf(e.getMessage()));
            throw new YangException(error.first().withAppTag(e.appTag()));
        }
    }

    private String content(NodeCollector parent, SchemaNode schema) throws YangException, XMLStreamException {
        String first = "";
        StringBuilder all = null;
        for (var event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                var error = parent.fault(
                        Failure.BAD_ELEMENT, schema, "got element " + elementShown() + ", expected a value");
                throw new YangException(error.first().withInfo(ErrorInfo.badElement(schema.name())));
            }
            if (first.isEmpty()) {
                first = in.getText();
            } else {
                all = all == null ? new StringBuilder(first) : all;
                all.append(in.getText());
            }
        }
        var text = all == null ? first : all.toString();
        if (!YangCharacters.all(text)) {
            throw parent.fault(Failure.INVALID_VALUE, schema, "'" + JsonValues.shown(text) + "' holds a noncharacter");
        }
        return text;
    }

    /** The module of a namespace prefix in force at this element. */
    private Optional<ModuleInfo> module(String prefix) {
        var namespace = in.getNamespaceContext().getNamespaceURI(prefix);
        return namespace == null || namespace.isEmpty() ? Optional.empty() : model.moduleOfNamespace(namespace);
    }

    YangException unknown(NodeCollector parent, String namespace, String name) {
        var elsewhere = parent.schema().children().stream()
                .filter(c -> c.name().equals(name))
                .map(SchemaNode::namespace)
                .toList();
        var shown = JsonValues.shown(name);
        if (model.moduleOfNamespace(namespace).isEmpty() || !elsewhere.isEmpty()) {
            var hint = elsewhere.isEmpty()
                    ? "which is of no module here"
                    : "expected namespace " + String.join(" or ", elsewhere);
            var error = parent.fault(Failure.UNKNOWN_NAMESPACE, "got element " + elementShown() + ", " + hint);
            return new YangException(error.first()
                    .withInfo(ErrorInfo.badElement(shown), ErrorInfo.badNamespace(JsonValues.shown(namespace))));
        }
        var error =
                parent.fault(Failure.UNKNOWN_ELEMENT, "got element " + elementShown() + ", which is not in the schema");
        return new YangException(error.first().withInfo(ErrorInfo.badElement(shown)));
    }

    private String elementShown() {
        var namespace = orEmpty(in.getNamespaceURI());
        return "'" + JsonValues.shown(in.getLocalName()) + "' in "
                + (namespace.isEmpty() ? "no namespace" : "namespace " + JsonValues.shown(namespace));
    }

    /** The path and input of an action in its element {@code action} (RFC 7950 §7.15.2). */
    ActionCall action(DataPath start) throws YangException, XMLStreamException {
        var path = start;
        var depth = 1;
        in.nextTag();
        while (true) {
            var place = NodeCollector.at(path, this);
            if (in.getEventType() != XMLStreamConstants.START_ELEMENT) {
                throw place.fault(Failure.MISSING_ELEMENT, "got no action, expected one of this node or below it");
            }
            var operation = operation(path.schema());
            if (operation.isPresent()) {
                var action = path.child(operation.get());
                var input = (InnerNode)
                        value(action.child(operation.get().child("input").orElseThrow()));
                close(NodeCollector.at(action, this), depth);
                return new ActionCall(action, input);
            }
            var schema = schemaOf(place);
            switch (schema.kind()) {
                case CONTAINER -> {
                    path = path.child(schema);
                    in.nextTag();
                }
                case LIST -> path = path.entry(schema, keys(place, schema));
                default -> throw place.refused(Failure.BAD_ELEMENT, schema, "has no actions");
            }
            depth++;
        }
    }

    private Optional<SchemaNode> operation(SchemaNode schema) {
        return schema.kind() == NodeKind.ROOT
                ? Optional.empty()
                : schema.operations().stream().filter(this::isNamed).findFirst();
    }

    /** The keys of the entry at whose start the parser stands, which is left at the tag after them. */
    private ListKey keys(NodeCollector parent, SchemaNode list) throws YangException, XMLStreamException {
        var values = new Object[list.keys().size()];
        var entry = parent.below(list);
        while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
            var key = list.keys().stream().filter(this::isNamed).findFirst();
            if (key.isEmpty()) {
                break;
            }
            entry.begin(key.get());
            values[key.get().index()] = scalar(entry, key.get());
        }
        for (var i = 0; i < values.length; i++) {
            if (values[i] == null) {
                var name = list.keys().get(i).name();
                var error = entry.fault(Failure.MISSING_ELEMENT, "the entry has no key leaf " + name);
                throw new YangException(error.first().withInfo(ErrorInfo.badElement(name)));
            }
        }
        return ListKey.of(values);
    }

    private void close(NodeCollector place, int depth) throws YangException, XMLStreamException {
        for (var i = 0; i < depth; i++) {
            if (in.nextTag() != XMLStreamConstants.END_ELEMENT) {
                throw place.fault(
                        Failure.BAD_ELEMENT,
                        "got element " + elementShown() + " beside the action, expected one action");
            }
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

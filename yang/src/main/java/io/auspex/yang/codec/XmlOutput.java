package io.auspex.yang.codec;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.Empty;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.Values;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes nodes to one XML stream as they are read; each element of another module declares its namespace as default. */
final class XmlOutput {
    private static final String INDENT = "\n" + " ".repeat(64);

    private final Utf8Xml out;
    private final XmlOptions options;
    private Annotations annotations;
    private final boolean annotated;
    private boolean outermost = true;
    private boolean empty = true;
    private int depth;

    XmlOutput(Utf8Xml out, XmlOptions options) {
        this.out = out;
        this.options = options;
        this.annotations = options.annotations();
        this.annotated = annotations != Annotations.NONE;
    }

    /** A node with its element or, of a list or leaf-list, with one element an entry. */
    void node(DataNode node, String outer) throws IOException {
        switch (node) {
            case LeafNode leaf ->
                leaf(leaf.schema(), leaf.value(), annotated ? annotations.of(leaf) : List.of(), outer);
            case LeafListNode values -> {
                for (var value : values) {
                    leaf(values.schema(), value, annotated ? annotations.ofValue(values, value) : List.of(), outer);
                }
            }
            case ListNode list -> {
                for (var entry : list) {
                    inner(entry, outer);
                }
            }
            case OpaqueNode opaque -> opaque(opaque, outer);
            case InnerNode inner -> inner(inner, outer);
        }
    }

    private void inner(InnerNode node, String outer) throws IOException {
        var schema = node.schema();
        start(schema.name(), schema.namespace(), outer);
        attributes(annotated ? annotations.of(node) : List.of());
        children(node, schema.namespace());
        end(schema.name());
    }

    /** The children of a node, within an element of the outer namespace. */
    void children(InnerNode node, String outer) throws IOException {
        var around = annotations;
        annotations = annotated ? around.below(node) : around;
        depth++;
        for (var child : node.children()) {
            node(child, outer);
        }
        depth--;
        annotations = around;
    }

    /** An element that stands for no node, around the children of one. */
    void wrapped(String name, String namespace, InnerNode node) throws IOException {
        start(name, namespace, "");
        attributes(annotated ? annotations.of(node) : List.of());
        children(node, namespace);
        end(name);
    }

    private void start(String name, String namespace, String outer) throws IOException {
        indent();
        out.start(name);
        if (!namespace.equals(outer)) {
            out.namespace("", namespace);
        }
        if (outermost) {
            outermost = false;
            for (var module : options.declared()) {
                out.namespace(module.prefix(), module.namespace());
            }
        }
        empty = true;
    }

    private void end(String name) throws IOException {
        if (!empty) {
            indent();
        }
        out.end(name);
        empty = false;
    }

    private void indent() throws IOException {
        if (options.pretty() && !(outermost && depth == 0)) {
            out.raw(INDENT.substring(0, Math.min(1 + 2 * depth, INDENT.length())));
        }
    }

    private void leaf(SchemaNode schema, Object value, List<Annotation> metadata, String outer) throws IOException {
        start(schema.name(), schema.namespace(), outer);
        if (value instanceof Identity identity) {
            var module = identity.module();
            out.namespace(module.prefix(), module.namespace());
            attributes(metadata);
            out.text(module.prefix() + ":" + identity.name());
        } else if (value instanceof DataPath path) {
            var prefixes = new LinkedHashMap<String, ModuleInfo>();
            var text = InstanceIdentifiers.xml(path, m -> prefix(prefixes, m));
            for (var prefix : prefixes.entrySet()) {
                out.namespace(prefix.getKey(), prefix.getValue().namespace());
            }
            attributes(metadata);
            out.text(text);
        } else {
            attributes(metadata);
            if (!(value instanceof Empty)) {
                out.text(Values.text(value));
            }
        }
        out.end(schema.name());
        empty = false;
    }

    /** The prefix of a module among those of one value: its own, with a number where two modules have the same. */
    private static String prefix(Map<String, ModuleInfo> prefixes, ModuleInfo module) {
        var prefix = module.prefix();
        for (var number = 2; ; number++) {
            var taken = prefixes.putIfAbsent(prefix, module);
            if (taken == null || taken.equals(module)) {
                return prefix;
            }
            prefix = module.prefix() + number;
        }
    }

    private void attributes(List<Annotation> metadata) throws IOException {
        for (var i = 0; i < metadata.size(); i++) {
            var annotation = metadata.get(i);
            var module = annotation.module();
            var declared =
                    metadata.subList(0, i).stream().anyMatch(a -> a.module().equals(module));
            if (!declared && !options.declared().contains(module)) {
                out.namespace(module.prefix(), module.namespace());
            }
            var value = annotation.value() instanceof Identity identity
                    ? identity.module().prefix() + ":" + identity.name()
                    : Values.text(annotation.value());
            if (annotation.value() instanceof Identity identity
                    && !identity.module().equals(module)
                    && !options.declared().contains(identity.module())) {
                out.namespace(identity.module().prefix(), identity.module().namespace());
            }
            out.attribute(module.prefix() + ":" + annotation.name(), value);
        }
    }

    private void opaque(OpaqueNode node, String outer) throws IOException {
        start(node.schema().name(), node.schema().namespace(), outer);
        attributes(annotated ? annotations.of(node) : List.of());
        var content = switch (node.encoding()) {
            case XML -> node.content();
            case JSON -> OpaqueText.jsonToXml(node.content(), node.schema());
        };
        out.raw(content);
        out.end(node.schema().name());
        empty = false;
    }
}

package io.auspex.yang.codec;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;

/** Writes nodes to one generator as they are read. */
final class JsonOutput {
    private final JsonGenerator out;
    private Annotations annotations;
    private final boolean annotated;

    JsonOutput(JsonGenerator out, Annotations annotations) {
        this.out = out;
        this.annotations = annotations;
        this.annotated = annotations != Annotations.NONE;
    }

    /** A child as a member of the object being written, named as below its parent. */
    private void child(DataNode node) {
        // Most children are leaves, of which the class is known here.
        member(
                node,
                node instanceof LeafNode leaf
                        ? leaf.schema().encodedName()
                        : node.schema().encodedName());
    }

    /** A node as a member of the object being written; a list without entries is left out. */
    void member(DataNode node, SerializableString name) {
        switch (node) {
            case LeafNode leaf -> {
                out.writeName(name);
                JsonValues.write(out, leaf.schema().type(), leaf.value());
                if (annotated) {
                    beside(name, annotations.of(leaf));
                }
            }
            case OpaqueNode opaque -> {
                out.writeName(name);
                opaque(opaque);
                if (annotated) {
                    beside(name, annotations.of(opaque));
                }
            }
            case LeafListNode values -> leafList(values, name);
            case ListNode list -> {
                var entries = list.iterator();
                if (entries.hasNext()) {
                    out.writeName(name);
                    out.writeStartArray();
                    do {
                        object(entries.next());
                    } while (entries.hasNext());
                    out.writeEndArray();
                }
            }
            case InnerNode inner -> {
                out.writeName(name);
                object(inner);
            }
        }
    }

    void object(InnerNode node) {
        out.writeStartObject();
        if (annotated) {
            var metadata = annotations.of(node);
            if (!metadata.isEmpty()) {
                out.writeName("@");
                metadata(metadata);
            }
        }
        members(node);
        out.writeEndObject();
    }

    void members(InnerNode node) {
        var outer = annotations;
        annotations = annotated ? outer.below(node) : outer;
        for (var child : node.children()) {
            child(child);
        }
        annotations = outer;
    }

    private void leafList(LeafListNode values, SerializableString name) {
        var all = values.iterator();
        if (!all.hasNext()) {
            return;
        }
        var metadata = annotated ? new ArrayList<List<Annotation>>() : null;
        var type = values.schema().type();
        out.writeName(name);
        out.writeStartArray();
        do {
            var value = all.next();
            JsonValues.write(out, type, value);
            if (metadata != null) {
                metadata.add(annotations.ofValue(values, value));
            }
        } while (all.hasNext());
        out.writeEndArray();
        if (metadata != null && metadata.stream().anyMatch(m -> !m.isEmpty())) {
            out.writeName("@" + name.getValue());
            out.writeStartArray();
            for (var one : metadata) {
                if (one.isEmpty()) {
                    out.writeNull();
                } else {
                    metadata(one);
                }
            }
            out.writeEndArray();
        }
    }

    private void opaque(OpaqueNode node) {
        switch (node.encoding()) {
            case JSON -> out.writeRawValue(node.content());
            case XML -> out.writeRawValue(OpaqueText.xmlToJson(node.content(), node.schema()));
        }
    }

    private void beside(SerializableString name, List<Annotation> metadata) {
        if (!metadata.isEmpty()) {
            out.writeName("@" + name.getValue());
            metadata(metadata);
        }
    }

    private void metadata(List<Annotation> metadata) {
        out.writeStartObject();
        for (var annotation : metadata) {
            out.writeName(annotation.qualifiedName());
            switch (annotation.value()) {
                case Boolean b -> out.writeBoolean(b);
                case Long l -> out.writeNumber(l.longValue());
                default -> out.writeString(annotation.value().toString());
            }
        }
        out.writeEndObject();
    }
}

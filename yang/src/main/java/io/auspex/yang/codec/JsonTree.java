package io.auspex.yang.codec;

import io.auspex.yang.InputLimits;
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
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.Prefixes;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the data nodes of one JSON message (RFC 7951 §5) from a parser; each method leaves it at the last token read. */
final class JsonTree implements MessagePlace {
    private final ModelContext model;
    private final InputLimits limits;
    private final boolean stateAllowed;
    private final JsonParser parser;
    private final Prefixes prefixes;
    private final Metadata metadata;
    private int elements;

    JsonTree(ModelContext model, InputLimits limits, boolean stateAllowed, JsonParser parser) {
        this.model = model;
        this.limits = limits;
        this.stateAllowed = stateAllowed;
        this.parser = parser;
        this.prefixes = model.jsonPrefixes();
        this.metadata = new Metadata(model);
    }

    @Override
    public String text() {
        var at = parser.currentTokenLocation();
        return "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** The object with the one resource of a path, at whose start the parser stands. */
    DataNode resource(DataPath target) throws YangException {
        var place = NodeCollector.at(target, this);
        object(place);
        var member = firstMember(place);
        if (target.isRoot()) {
            if (!JsonReader.DATA.equals(member)) {
                throw wrongTop(place, member, "'" + JsonReader.DATA + "'");
            }
            return root(target, member);
        }
        var schema = target.schema();
        var before = metadata(place, member, schema);
        if (before != null) {
            member = firstMember(place);
        }
        if (member == null || !member.equals(schema.qualifiedName())) {
            throw wrongTop(place, member, "'" + schema.qualifiedName() + "'");
        }
        parser.nextToken();
        return annotated(place, value(target, schema), before);
    }

    /** The object with all top-level nodes, or with the one member ietf-restconf:data that has them. */
    DataNode document(DataPath root) throws YangException {
        var place = NodeCollector.at(root, this);
        object(place);
        return root(root, firstMember(place));
    }

    private DataNode root(DataPath target, @Nullable String first) throws YangException {
        var collector = NodeCollector.at(target, this);
        if (JsonReader.DATA.equals(first)) {
            parser.nextToken();
            object(collector);
            members(collector, parser.nextName());
            end(collector, parser.nextName());
        } else {
            members(collector, first);
        }
        return collector.build();
    }

    /** The object with one resource below a path. */
    DataNode child(DataPath parent) throws YangException {
        var place = NodeCollector.at(parent, this);
        object(place);
        var member = firstMember(place);
        if (member == null) {
            throw wrongTop(place, null, "one child resource of it");
        }
        var schema = parent.schema().member(member.startsWith("@") ? member.substring(1) : member);
        var before = schema == null ? null : metadata(place, member, schema);
        if (before != null) {
            member = firstMember(place);
        }
        if (schema == null || !schema.qualifiedName().equals(member)) {
            throw unknown(place, String.valueOf(member), true);
        }
        parser.nextToken();
        return annotated(place, value(parent.child(schema), schema), before);
    }

    /** The value of a resource: of a list or leaf-list its one entry. */
    DataNode value(DataPath target, SchemaNode schema) throws YangException {
        var place = NodeCollector.at(target, this);
        return switch (schema.kind()) {
            case LIST -> {
                array(place, schema);
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw place.fault(Failure.INVALID_VALUE, "got " + found() + ", expected an array of one entry");
                }
                var holder = target.parent().map(p -> NodeCollector.at(p, this)).orElse(place);
                var entry = inner(target.key().isPresent() ? place : holder.below(schema));
                end(place);
                yield entry;
            }
            case LEAF_LIST -> {
                array(place, schema);
                if (parser.nextToken() == JsonToken.END_ARRAY) {
                    throw place.fault(Failure.INVALID_VALUE, "got an empty array, expected an array of one value");
                }
                var value = scalar(place, schema);
                end(place);
                yield TreeLeafList.of(schema, List.of(value));
            }
            case LEAF -> new LeafNode(schema, scalar(place, schema));
            case ANYDATA, ANYXML -> opaque(place, schema);
            case ROOT, CONTAINER, RPC, ACTION, INPUT, OUTPUT, NOTIFICATION -> inner(place);
        };
    }

    private void end(NodeCollector place) throws YangException {
        if (parser.nextToken() != JsonToken.END_ARRAY) {
            throw place.fault(Failure.INVALID_VALUE, "got more than one entry, expected one");
        }
    }

    private TreeNode inner(NodeCollector collector) throws YangException {
        object(collector);
        members(collector, parser.nextName());
        return collector.build();
    }

    /** The members of an object up to its end, the first of which has been read. */
    private void members(NodeCollector collector, @Nullable String first) throws YangException {
        for (var name = first; name != null; name = parser.nextName()) {
            count(collector);
            if (name.startsWith("@")) {
                metadata(collector, name);
                continue;
            }
            var schema = collector.schema().member(name);
            if (schema == null) {
                throw unknown(collector, name, false);
            }
            if (!stateAllowed && !schema.config() && collector.schema().config()) {
                throw collector.refused(Failure.INVALID_VALUE, schema, "is state, expected configuration");
            }
            collector.begin(schema);
            parser.nextToken();
            switch (schema.kind()) {
                case LEAF -> collector.add(new LeafNode(schema, scalar(collector, schema)));
                case LEAF_LIST -> leafList(collector, schema);
                case LIST -> list(collector, schema);
                case ANYDATA, ANYXML -> collector.add(opaque(collector, schema));
                case ROOT, CONTAINER, RPC, ACTION, INPUT, OUTPUT, NOTIFICATION ->
                    collector.add(inner(collector.below(schema)));
            }
        }
    }

    /** Member {@code @name} has the metadata of a sibling, member {@code @} that of the node itself (RFC 7952 §5.2). */
    private void metadata(NodeCollector collector, String member) throws YangException {
        parser.nextToken();
        if (member.length() == 1) {
            collector.annotated(collector.schema(), tags(collector, member, collector.schema()));
            return;
        }
        var sibling = collector.schema().member(member.substring(1));
        if (sibling == null) {
            throw unknown(collector, member.substring(1), false);
        }
        collector.annotated(sibling, tags(collector, member, sibling));
    }

    private Metadata.Tags tags(NodeCollector place, String member, SchemaNode of) throws YangException {
        return metadata.read(parser, place, member, of.kind() == NodeKind.LEAF_LIST, this::count);
    }

    private void list(NodeCollector collector, SchemaNode schema) throws YangException {
        array(collector, schema);
        var entries = new ArrayList<InnerNode>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            count(collector);
            entries.add(inner(collector.below(schema)));
        }
        collector.addList(schema, entries);
    }

    private void leafList(NodeCollector collector, SchemaNode schema) throws YangException {
        array(collector, schema);
        var values = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            count(collector);
            values.add(scalar(collector, schema));
        }
        collector.addLeafList(schema, values);
    }

    private Object scalar(NodeCollector collector, SchemaNode schema) throws YangException {
        try {
            return JsonValues.read(parser, schema.type(), prefixes);
        } catch (InvalidValueException e) {
            var at = collector.schema() == schema
                    ? collector.path()
                    : collector.path().child(schema);
            var error = collector.fault(Failure.INVALID_VALUE, at, String.valueOf(e.getMessage()));
            throw new YangException(error.first().withAppTag(e.appTag()));
        }
    }

    private OpaqueNode opaque(NodeCollector collector, SchemaNode schema) throws YangException {
        if (schema.kind() == NodeKind.ANYDATA && parser.currentToken() != JsonToken.START_OBJECT) {
            throw collector.fault(Failure.INVALID_VALUE, "got " + found() + ", expected an object (anydata)");
        }
        try {
            return new OpaqueNode(schema, OpaqueNode.Encoding.JSON, JsonOpaque.capture(parser));
        } catch (JsonOpaque.Refused e) {
            throw collector.fault(Failure.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private void object(NodeCollector place) throws YangException {
        if (parser.currentToken() == null) {
            throw place.fault(Failure.MALFORMED, "got nothing, expected an object");
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw place.fault(Failure.INVALID_VALUE, "got " + found() + ", expected an object");
        }
    }

    private void array(NodeCollector place, SchemaNode schema) throws YangException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            var what = "got " + found() + ", expected an array";
            throw place.schema() == schema
                    ? place.fault(Failure.INVALID_VALUE, what)
                    : place.fault(Failure.INVALID_VALUE, schema, what);
        }
    }

    private @Nullable String firstMember(NodeCollector place) throws YangException {
        count(place);
        return parser.nextName();
    }

    /** The metadata of a resource, where a member beside it is that; null where it is not. */
    private Metadata.@Nullable Tags metadata(NodeCollector place, @Nullable String member, SchemaNode of)
            throws YangException {
        if (member == null || !member.equals("@" + of.qualifiedName())) {
            return null;
        }
        parser.nextToken();
        return tags(place, member, of);
    }

    /** A resource with its metadata, which has been read or may follow; nothing else does. */
    private DataNode annotated(NodeCollector place, DataNode resource, Metadata.@Nullable Tags before)
            throws YangException {
        var more = parser.nextName();
        var tags = before == null ? metadata(place, more, resource.schema()) : before;
        if (before == null && tags != null) {
            more = parser.nextName();
        }
        end(place, more);
        if (tags != null && tags.count() > 1) {
            throw place.fault(Failure.INVALID_VALUE, "got metadata of " + tags.count() + " values, expected of one");
        }
        if (tags != null && tags.defaults().get(0)) {
            place.checkDefault(resource);
        }
        return resource;
    }

    private void end(NodeCollector place, @Nullable String more) throws YangException {
        if (more != null) {
            throw place.fault(
                    Failure.MALFORMED,
                    "got member '" + JsonValues.shown(more) + "' beside the resource, expected no further one");
        }
    }

    private void count(NodeCollector place) throws YangException {
        if (++elements > limits.elements()) {
            throw place.fault(
                    Failure.MESSAGE_TOO_BIG, "the message has more than " + limits.elements() + " members and entries");
        }
    }

    private String found() {
        return parser.currentToken() == null ? "nothing" : JsonValues.token(parser);
    }

    private YangException wrongTop(NodeCollector place, @Nullable String member, String expected) {
        if (member == null) {
            return place.fault(Failure.MALFORMED, "got an empty object, expected " + expected);
        }
        var name = JsonValues.shown(member);
        var error = place.fault(Failure.UNKNOWN_ELEMENT, "got member '" + name + "', expected " + expected);
        return new YangException(error.first().withInfo(ErrorInfo.badElement(name)));
    }

    private YangException unknown(NodeCollector place, String member, boolean qualified) {
        var name = JsonValues.shown(member);
        var colon = member.indexOf(':');
        var prefix = JsonValues.shown(member.substring(0, Math.max(colon, 0)));
        if (colon >= 0 && model.module(member.substring(0, colon)).isEmpty()) {
            var error = place.fault(
                    Failure.UNKNOWN_NAMESPACE, "got member '" + name + "', but there is no module " + prefix);
            return new YangException(
                    error.first().withInfo(ErrorInfo.badElement(name), ErrorInfo.badNamespace(prefix)));
        }
        var known = place.schema().children().stream()
                .filter(c -> c.name().equals(member.substring(colon + 1)))
                .map(c -> qualified ? c.qualifiedName() : c.jsonName())
                .toList();
        var hint = known.isEmpty() ? "which is not in the schema" : "expected '" + String.join("' or '", known) + "'";
        return refused(place, Failure.UNKNOWN_ELEMENT, "got member '" + name + "', " + hint, name);
    }

    private static YangException refused(NodeCollector place, Failure failure, String what, String name) {
        return new YangException(place.fault(failure, what).first().withInfo(ErrorInfo.badElement(name)));
    }
}

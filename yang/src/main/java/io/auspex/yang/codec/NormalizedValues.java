package io.auspex.yang.codec;

import com.google.common.collect.ImmutableSet;
import io.auspex.yang.schema.Binary;
import io.auspex.yang.schema.BinaryType;
import io.auspex.yang.schema.Bits;
import io.auspex.yang.schema.BitsType;
import io.auspex.yang.schema.BooleanType;
import io.auspex.yang.schema.Choice;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.DecimalType;
import io.auspex.yang.schema.EmptyType;
import io.auspex.yang.schema.EnumerationType;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.IdentityrefType;
import io.auspex.yang.schema.InstanceIdentifierType;
import io.auspex.yang.schema.IntegerType;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.StringType;
import io.auspex.yang.schema.UnionType;
import io.auspex.yang.schema.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.Decimal64;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.common.Revision;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint64;
import org.opendaylight.yangtools.yang.common.Uint8;
import org.opendaylight.yangtools.yang.common.XMLNamespace;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/** The values of leafs as YANG Tools has them, and back. */
final class NormalizedValues {
    private NormalizedValues() {}

    static Object write(ValueType type, Object value) {
        return switch (type) {
            case IntegerType integer -> integer(integer.kind(), value.toString());
            case DecimalType decimal ->
                Decimal64.of(
                        decimal.fractionDigits(),
                        ((BigDecimal) value)
                                .setScale(decimal.fractionDigits())
                                .unscaledValue()
                                .longValueExact());
            case StringType _, EnumerationType _, BooleanType _ -> value;
            case EmptyType _ -> Empty.value();
            case BitsType _ -> ImmutableSet.copyOf(((Bits) value).names());
            case BinaryType _ -> ((Binary) value).bytes();
            case IdentityrefType _ -> name((Identity) value);
            case InstanceIdentifierType _ -> path((DataPath) value);
            case LeafrefType leafref -> write(leafref.target().type(), value);
            case UnionType union -> {
                for (var member : union.members()) {
                    if (member.accepts(value)) {
                        yield write(member, value);
                    }
                }
                throw new IllegalArgumentException(value + " is a value of no member of the union");
            }
        };
    }

    private static Object integer(IntegerType.Kind kind, String text) {
        return switch (kind) {
            case INT8 -> Byte.valueOf(text);
            case INT16 -> Short.valueOf(text);
            case INT32 -> Integer.valueOf(text);
            case INT64 -> Long.valueOf(text);
            case UINT8 -> Uint8.valueOf(text);
            case UINT16 -> Uint16.valueOf(text);
            case UINT32 -> Uint32.valueOf(text);
            case UINT64 -> Uint64.valueOf(text);
        };
    }

    private static QName name(Identity identity) {
        return QName.create(module(identity.module()), identity.name());
    }

    private static QNameModule module(ModuleInfo module) {
        var namespace = XMLNamespace.of(module.namespace());
        return module.revision() == null
                ? QNameModule.of(namespace)
                : QNameModule.of(namespace, Revision.of(module.revision()));
    }

    /** The choices that a node stands in, outermost first; they are nodes in YANG Tools. */
    static List<Choice> choices(SchemaNode node) {
        var choices = new ArrayList<Choice>();
        for (var at = node.inCase().orElse(null);
                at != null;
                at = at.choice().enclosing().orElse(null)) {
            choices.add(at.choice());
        }
        return choices.reversed();
    }

    private static YangInstanceIdentifier path(DataPath path) {
        var steps = new ArrayList<PathArgument>();
        for (var step : path.steps()) {
            var schema = step.schema();
            choices(schema).forEach(c -> steps.add(new NodeIdentifier(c.qname())));
            steps.add(new NodeIdentifier(schema.qname()));
            step.key()
                    .ifPresent(key -> steps.add(
                            schema.kind() == NodeKind.LIST
                                    ? entry(schema, key)
                                    : new NodeWithValue<>(schema.qname(), write(schema.type(), key.value(0)))));
        }
        return YangInstanceIdentifier.of(steps);
    }

    static NodeIdentifierWithPredicates entry(SchemaNode list, ListKey key) {
        Map<QName, Object> values = new LinkedHashMap<>();
        for (var leaf : list.keys()) {
            values.put(leaf.qname(), write(leaf.type(), key.value(leaf.index())));
        }
        return NodeIdentifierWithPredicates.of(list.qname(), values);
    }

    static Object read(ValueType type, Object value, ModelContext model) throws InvalidValueException {
        return switch (value) {
            case QName name -> parsed(type, identity(name, model), model);
            case YangInstanceIdentifier path -> path(path, model);
            case Set<?> bits ->
                parsed(type, String.join(" ", bits.stream().map(String::valueOf).toList()), model);
            case byte[] bytes -> parsed(type, new Binary(bytes).toString(), model);
            case Empty _ -> io.auspex.yang.schema.Empty.VALUE;
            case Boolean _ -> value;
            default ->
                type instanceof UnionType union ? member(union, value, model) : parsed(type, value.toString(), model);
        };
    }

    private static Object parsed(ValueType type, String text, ModelContext model) throws InvalidValueException {
        return type.parse(text, model.jsonPrefixes());
    }

    /** Text belongs to the first member of text, a number to the first of numbers. */
    private static Object member(UnionType union, Object value, ModelContext model) throws InvalidValueException {
        for (var member : union.members()) {
            if (carries(member, value)) {
                try {
                    return read(member, value, model);
                } catch (InvalidValueException _) {
                    // the next member may take it
                }
            }
        }
        return parsed(union, value.toString(), model);
    }

    private static boolean carries(ValueType type, Object value) {
        return switch (type) {
            case IntegerType _, DecimalType _ -> value instanceof Number;
            case StringType _, EnumerationType _ -> value instanceof String;
            case LeafrefType leafref -> carries(leafref.target().type(), value);
            case UnionType union -> union.members().stream().anyMatch(m -> carries(m, value));
            case BooleanType _, EmptyType _, BitsType _, BinaryType _, IdentityrefType _, InstanceIdentifierType _ ->
                false;
        };
    }

    private static String identity(QName name, ModelContext model) {
        return model.moduleOfNamespace(name.getNamespace().toString())
                        .orElseThrow(() -> new IllegalArgumentException("the model has no module of " + name))
                        .name()
                + ":" + name.getLocalName();
    }

    private static DataPath path(YangInstanceIdentifier path, ModelContext model) throws InvalidValueException {
        var at = DataPath.root(model.root());
        for (var step : path.getPathArguments()) {
            var name = step.getNodeType();
            var schema = at.schema().childInNamespace(name.getNamespace().toString(), name.getLocalName());
            switch (step) {
                case NodeIdentifierWithPredicates entry -> {
                    var list = at.schema();
                    var values = new Object[list.keys().size()];
                    for (var leaf : list.keys()) {
                        values[leaf.index()] = read(leaf.type(), entry.getValue(leaf.qname()), model);
                    }
                    at = at.parent().orElseThrow().entry(list, ListKey.of(values));
                }
                case NodeWithValue<?> entry -> {
                    var list = at.schema();
                    at = at.parent().orElseThrow().entry(list, ListKey.of(read(list.type(), entry.getValue(), model)));
                }
                default -> {
                    // A choice is no node here.
                    if (schema.isPresent()) {
                        at = at.child(schema.get());
                    }
                }
            }
        }
        return at;
    }
}

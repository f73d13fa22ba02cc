package io.auspex.yang.codec;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.Binary;
import io.auspex.yang.schema.BinaryType;
import io.auspex.yang.schema.BitsType;
import io.auspex.yang.schema.BooleanType;
import io.auspex.yang.schema.Choice;
import io.auspex.yang.schema.ChoiceCase;
import io.auspex.yang.schema.DecimalType;
import io.auspex.yang.schema.Empty;
import io.auspex.yang.schema.EmptyType;
import io.auspex.yang.schema.EnumerationType;
import io.auspex.yang.schema.IdentityrefType;
import io.auspex.yang.schema.InstanceIdentifierType;
import io.auspex.yang.schema.IntegerType;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.StringType;
import io.auspex.yang.schema.UnionType;
import io.auspex.yang.schema.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes random instances of a model: values of every type, at most one case of a choice, distinct keys. */
public final class DataGenerator {
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "x y",
            " padded ",
            "é€😀",
            "<&>\"'\\",
            "a\nb\tc",
            "]]>",
            "10.0.0.1",
            "2001:db8::1",
            "10.0.0.0/8",
            "2026-11-21T06:00:00Z",
            "example.com",
            "1.3.6.1",
            "00:11:22:aa:bb:cc",
            "eth0",
            "$0$secret",
            "main",
            "1",
            "*",
            "123e4567-e89b-12d3-a456-426614174000",
            "2026-11-21",
            "NETCONF",
            "0:65000:1",
            "/x:y",
            "permit",
            "xml",
            "P1D");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "7",
            "64",
            "1500",
            "65535",
            "-32768",
            "4294967295",
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551615",
            "0.5",
            "-0.25",
            "2.0",
            "100.01");

    private final ModelContext model;
    private final Random random;

    public DataGenerator(ModelContext model, long seed) {
        this.model = model;
        this.random = new Random(seed);
    }

    public TreeNode root() {
        var children = new ArrayList<DataNode>();
        for (var child : model.root().children()) {
            if (random.nextInt(4) == 0) {
                child(child, 0).ifPresent(children::add);
            }
        }
        return TreeNode.of(model.root(), children);
    }

    /** One top-level container. */
    public TreeNode container(SchemaNode schema) {
        return inner(schema, 0, Map.of());
    }

    private TreeNode inner(SchemaNode schema, int depth, Map<SchemaNode, Object> keys) {
        var children = new ArrayList<DataNode>();
        keys.forEach((leaf, value) -> children.add(new LeafNode(leaf, value)));
        var chosen = new HashMap<Choice, ChoiceCase>();
        for (var child : schema.children()) {
            if (!keys.containsKey(child) && random.nextInt(3) != 0 && chosen(child, chosen)) {
                child(child, depth + 1).ifPresent(children::add);
            }
        }
        return TreeNode.of(schema, children);
    }

    private boolean chosen(SchemaNode child, Map<Choice, ChoiceCase> chosen) {
        for (var at = child.inCase().orElse(null);
                at != null;
                at = at.choice().enclosing().orElse(null)) {
            var other = chosen.putIfAbsent(at.choice(), at);
            if (other != null && other != at) {
                return false;
            }
        }
        return true;
    }

    private Optional<DataNode> child(SchemaNode schema, int depth) {
        if (depth > 8) {
            return Optional.empty();
        }
        return switch (schema.kind()) {
            case LEAF -> value(schema.type()).map(v -> new LeafNode(schema, v));
            case LEAF_LIST -> {
                var values = new LinkedHashSet<>();
                for (var i = random.nextInt(4); i >= 0; i--) {
                    value(schema.type()).ifPresent(values::add);
                }
                yield values.isEmpty() ? Optional.empty() : Optional.of(TreeLeafList.of(schema, values));
            }
            case CONTAINER -> Optional.of(inner(schema, depth, Map.of()));
            case LIST -> list(schema, depth);
            case ANYDATA, ANYXML ->
                Optional.of(new OpaqueNode(
                        schema, OpaqueNode.Encoding.JSON, "{\"a\":\"" + random.nextInt(9) + "\",\"b\":[\"1\",\"2\"]}"));
            case ROOT, RPC, ACTION, INPUT, OUTPUT, NOTIFICATION -> Optional.empty();
        };
    }

    private Optional<DataNode> list(SchemaNode schema, int depth) {
        var entries = new LinkedHashMap<List<Object>, InnerNode>();
        for (var i = random.nextInt(3); i >= 0; i--) {
            var keys = new LinkedHashMap<SchemaNode, Object>();
            for (var key : schema.keys()) {
                var value = value(key.type());
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                keys.put(key, value.get());
            }
            var identity = schema.keys().isEmpty() ? List.<Object>of(i) : List.copyOf(keys.values());
            entries.put(identity, inner(schema, depth, keys));
        }
        return Optional.of(TreeList.of(schema, entries.values()));
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private Optional<Object> value(ValueType type) {
        return switch (type) {
            case IntegerType _, DecimalType _ -> some(type, NUMBERS);
            case StringType _ -> some(type, TEXTS);
            case BooleanType _ -> Optional.of(random.nextBoolean());
            case EmptyType _ -> Optional.of(Empty.VALUE);
            case EnumerationType e -> Optional.of(any(List.copyOf(e.values().keySet())));
            case BitsType b ->
                some(
                        type,
                        List.of(String.join(
                                " ",
                                b.names().stream()
                                        .filter(_ -> random.nextBoolean())
                                        .toList())));
            case BinaryType _ -> some(type, List.of(new Binary(new byte[random.nextInt(5)]).toString()));
            case IdentityrefType i -> {
                var all = model.identities().stream().filter(i::accepts).toList();
                yield all.isEmpty() ? Optional.empty() : Optional.of(any(all));
            }
            case InstanceIdentifierType _ ->
                Optional.of(TestModel.path(any(List.of(
                        "/rc-test:top",
                        "/rc-test:top/row[id='1']/text",
                        "/rc-test:top/tag[.='a b']",
                        "/ietf-interfaces:interfaces/interface[name='eth0']/ietf-ip:ipv4"))));
            case LeafrefType l -> value(l.target().type());
            case UnionType u -> value(any(u.members())).filter(v -> firstMember(u, v));
        };
    }

    /** A value that an earlier member takes too reads back as that member's in XML. */
    private boolean firstMember(UnionType union, Object value) {
        try {
            return union.parse(io.auspex.yang.schema.Values.text(value), model.jsonPrefixes())
                    .equals(value);
        } catch (InvalidValueException e) {
            return false;
        }
    }

    private Optional<Object> some(ValueType type, List<String> texts) {
        for (var tries = 0; tries < 40; tries++) {
            try {
                return Optional.of(type.parse(any(texts), model.jsonPrefixes()));
            } catch (InvalidValueException _) {
                // the next may be a value
            }
        }
        return Optional.empty();
    }
}

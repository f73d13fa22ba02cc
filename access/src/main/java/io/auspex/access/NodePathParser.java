package io.auspex.access;

import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.Prefixes;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a node-instance-identifier (RFC 8341 §9). A prefix is a module name as in JSON, or the prefix that the module gives
 * itself; a name without prefix is of its parent's module.
 */
final class NodePathParser {
    private static final int MAX_LENGTH = 16_384;
    private static final String USER = "$USER";

    private final String text;
    private final Prefixes prefixes;
    private int at;

    private NodePathParser(ModelContext model, String text) {
        this.text = text;
        this.prefixes = prefix -> module(model, prefix);
    }

    private static Optional<ModuleInfo> module(ModelContext model, String prefix) {
        return model.module(prefix)
                .or(() -> model.modules().stream()
                        .filter(m -> m.prefix().equals(prefix))
                        .findFirst());
    }

    /**
     * The path that a text stands for.
     *
     * @throws InvalidValueException when it is not well-formed or names a node that the model does not have
     */
    static NodePath parse(ModelContext model, String text) throws InvalidValueException {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidValueException("a path of more than " + MAX_LENGTH + " characters");
        }
        return new NodePathParser(model, text.strip()).path(model.root());
    }

    private NodePath path(SchemaNode root) throws InvalidValueException {
        if (text.equals("/")) {
            return new NodePath(List.of());
        }
        var steps = new ArrayList<NodePath.Step>();
        var parent = root;
        do {
            expect('/');
            var node = node(parent);
            steps.add(new NodePath.Step(node, predicates(node)));
            parent = node;
        } while (at < text.length());
        return new NodePath(steps);
    }

    private SchemaNode node(SchemaNode parent) throws InvalidValueException {
        var name = name();
        var colon = name.indexOf(':');
        var found = colon < 0
                ? plain(parent, name)
                : qualified(parent, name.substring(0, colon), name.substring(colon + 1));
        return found.orElseThrow(() -> fault(
                "no node '" + name + "' in " + (parent.kind() == NodeKind.ROOT ? "the data tree" : parent.toString())));
    }

    private static Optional<SchemaNode> plain(SchemaNode parent, String name) {
        return parent.child(name)
                .or(() -> parent.kind() == NodeKind.ROOT
                        ? Optional.empty()
                        : tied(parent)
                                .filter(n -> n.name().equals(name) && n.module() == parent.module())
                                .findFirst());
    }

    private Optional<SchemaNode> qualified(SchemaNode parent, String prefix, String name) {
        return prefixes.module(prefix)
                .flatMap(m -> parent.child(m.name(), name)
                        .or(() -> parent.kind() == NodeKind.ROOT
                                ? Optional.empty()
                                : tied(parent)
                                        .filter(n -> n.name().equals(name) && n.module() == m)
                                        .findFirst()));
    }

    /** The actions and notifications of a data node, which are in the accessible tree. */
    private static Stream<SchemaNode> tied(SchemaNode node) {
        return Stream.concat(node.operations().stream(), node.notifications().stream());
    }

    private List<NodePath.KeyTest> predicates(SchemaNode node) throws InvalidValueException {
        var tests = new ArrayList<NodePath.KeyTest>();
        while (at < text.length() && text.charAt(at) == '[') {
            at++;
            spaces();
            if (node.kind() == NodeKind.LEAF_LIST && text.startsWith(".", at)) {
                at++;
                tests.add(new NodePath.KeyTest(0, value(node)));
            } else {
                var key = key(node);
                tests.add(new NodePath.KeyTest(node.keys().indexOf(key), value(key)));
            }
            expect(']');
        }
        return tests;
    }

    private SchemaNode key(SchemaNode list) throws InvalidValueException {
        var name = name();
        var colon = name.indexOf(':');
        var key = colon < 0 ? list.child(name) : qualified(list, name.substring(0, colon), name.substring(colon + 1));
        return key.filter(list.keys()::contains).orElseThrow(() -> fault("'" + name + "' is no key of " + list));
    }

    @org.jspecify.annotations.Nullable
    private Object value(SchemaNode leaf) throws InvalidValueException {
        spaces();
        expect('=');
        spaces();
        if (text.startsWith(USER, at)) {
            at += USER.length();
            spaces();
            return null;
        }
        var quote = at < text.length() ? text.charAt(at) : ' ';
        var end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            throw fault("a quoted value or $USER expected");
        }
        var value = leaf.type().parse(text.substring(at + 1, end), prefixes);
        at = end + 1;
        spaces();
        return value;
    }

    private String name() {
        var start = at;
        while (at < text.length() && "/[]= \t\n\r".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var name = text.substring(start, at);
        spaces();
        return name;
    }

    private void spaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void expect(char c) throws InvalidValueException {
        spaces();
        if (at >= text.length() || text.charAt(at) != c) {
            throw fault("'" + c + "' expected");
        }
        at++;
    }

    private InvalidValueException fault(String what) {
        return new InvalidValueException(what + " at character " + (at + 1));
    }
}

package io.auspex.yang.schema;

import java.util.Optional;
import java.util.function.Function;

/** Reads and writes the text of instance-identifiers in XML (RFC 7950 §9.13) and JSON (RFC 7951 §6.11). */
public final class InstanceIdentifiers {
    private static final int MAX_LENGTH = 16_384;

    private InstanceIdentifiers() {}

    /** The JSON form: module names instead of prefixes, only where the module changes. */
    public static String json(DataPath path) {
        var text = new StringBuilder();
        for (var step : path.steps()) {
            var schema = step.schema();
            text.append('/').append(schema.jsonName());
            predicates(
                    text,
                    step,
                    key -> key.module() == schema.module() ? key.name() : key.qualifiedName(),
                    Values::text);
        }
        return text.isEmpty() ? "/" : text.toString();
    }

    /**
     * The XML form: every name with a prefix, those of identities, too.
     *
     * @param prefix gives, and remembers to declare, the prefix of a module
     */
    public static String xml(DataPath path, Function<ModuleInfo, String> prefix) {
        var text = new StringBuilder();
        for (var step : path.steps()) {
            var schema = step.schema();
            text.append('/').append(prefix.apply(schema.module())).append(':').append(schema.name());
            predicates(
                    text,
                    step,
                    key -> prefix.apply(key.module()) + ":" + key.name(),
                    value -> value instanceof Identity identity
                            ? prefix.apply(identity.module()) + ":" + identity.name()
                            : Values.text(value));
        }
        return text.isEmpty() ? "/" : text.toString();
    }

    private static void predicates(
            StringBuilder text,
            DataPath step,
            Function<SchemaNode, String> keyName,
            Function<Object, String> valueText) {
        var key = step.key();
        if (key.isEmpty()) {
            return;
        }
        if (step.schema().kind() == NodeKind.LEAF_LIST) {
            text.append("[.=")
                    .append(quoted(valueText.apply(key.get().value(0))))
                    .append(']');
            return;
        }
        var keys = step.schema().keys();
        for (var i = 0; i < keys.size(); i++) {
            text.append('[')
                    .append(keyName.apply(keys.get(i)))
                    .append('=')
                    .append(quoted(valueText.apply(key.get().value(i))))
                    .append(']');
        }
    }

    private static String quoted(String text) {
        return text.indexOf('\'') < 0 ? "'" + text + "'" : "\"" + text + "\"";
    }

    /**
     * The path of an instance-identifier.
     *
     * @param prefixes of XML, or module names for JSON; a name without prefix is of its parent's module
     * @throws InvalidValueException when the text is not well-formed or names no node of the schema
     */
    public static DataPath parse(String text, SchemaNode root, Prefixes prefixes) throws InvalidValueException {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidValueException("an instance-identifier of more than " + MAX_LENGTH + " characters");
        }
        return new Parser(text, prefixes).path(root);
    }

    /**
     * The key of a list entry from its predicates alone, {@code [p:name='x'][p:other='y']}, as yang:key has it
     * (RFC 7950 §7.8.6).
     *
     * @throws InvalidValueException when the text is not well-formed or does not give each key once
     */
    public static ListKey key(String text, SchemaNode list, Prefixes prefixes) throws InvalidValueException {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidValueException("a key of more than " + MAX_LENGTH + " characters");
        }
        return new Parser(text.strip(), prefixes).wholeKey(list);
    }

    private static final class Parser {
        private final String text;
        private final Prefixes prefixes;
        private int at;

        Parser(String text, Prefixes prefixes) {
            this.text = text;
            this.prefixes = prefixes;
        }

        DataPath path(SchemaNode root) throws InvalidValueException {
            var path = DataPath.root(root);
            do {
                expect('/');
                var child = node(path.schema());
                if (child.isEmpty()) {
                    throw fault("no such node in " + (path.isRoot() ? "the data tree" : path));
                }
                path = step(path, child.get());
            } while (at < text.length());
            return path;
        }

        private DataPath step(DataPath parent, SchemaNode schema) throws InvalidValueException {
            if (at >= text.length() || text.charAt(at) != '[') {
                return parent.child(schema);
            }
            if (schema.kind() == NodeKind.LEAF_LIST) {
                expect('[');
                spaces();
                expect('.');
                var value = value(schema);
                return parent.entry(schema, ListKey.of(value));
            }
            if (schema.kind() != NodeKind.LIST || schema.keys().isEmpty()) {
                throw fault("a predicate on " + schema + ", which has no keys");
            }
            return parent.entry(schema, key(schema));
        }

        ListKey wholeKey(SchemaNode list) throws InvalidValueException {
            var key = key(list);
            if (at < text.length()) {
                throw fault("nothing more expected");
            }
            return key;
        }

        private ListKey key(SchemaNode schema) throws InvalidValueException {
            var keys = schema.keys();
            var values = new Object[keys.size()];
            for (var i = 0; i < values.length; i++) {
                expect('[');
                spaces();
                var key = node(schema).filter(keys::contains).orElseThrow(() -> fault("not a key of " + schema));
                if (values[keys.indexOf(key)] != null) {
                    throw fault("key " + key.name() + " stands twice");
                }
                values[keys.indexOf(key)] = value(key);
            }
            return ListKey.of(values);
        }

        private Object value(SchemaNode leaf) throws InvalidValueException {
            spaces();
            expect('=');
            spaces();
            var quote = at < text.length() ? text.charAt(at) : ' ';
            var end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
            if (end < 0) {
                throw fault("a quoted value expected");
            }
            var value = leaf.type().parse(text.substring(at + 1, end), prefixes);
            at = end + 1;
            spaces();
            expect(']');
            return value;
        }

        private Optional<SchemaNode> node(SchemaNode parent) throws InvalidValueException {
            var start = at;
            while (at < text.length() && "/[]= \t\n\r".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            var name = text.substring(start, at);
            var colon = name.indexOf(':');
            if (colon < 0) {
                return parent.kind() == NodeKind.ROOT
                        ? Optional.empty()
                        : parent.child(parent.module().name(), name);
            }
            var prefix = name.substring(0, colon);
            var module = prefixes.module(prefix).orElseThrow(() -> fault("unknown prefix " + Text.shown(prefix)));
            return parent.child(module.name(), name.substring(colon + 1));
        }

        private void spaces() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private void expect(char c) throws InvalidValueException {
            if (at >= text.length() || text.charAt(at) != c) {
                throw fault("'" + c + "' expected");
            }
            at++;
        }

        private InvalidValueException fault(String what) {
            return new InvalidValueException(
                    "'" + Text.shown(text) + "' is no instance-identifier: " + what + " at character " + (at + 1));
        }
    }
}

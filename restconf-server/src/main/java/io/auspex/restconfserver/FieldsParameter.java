package io.auspex.restconfserver;

import io.auspex.management.FieldSelection;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.SchemaNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query parameter fields (RFC 8040 §4.8.3).
 *
 * <pre>
 * fields = selector *( ";" selector )
 * selector = name *( "/" name ) [ "(" fields ")" ]
 * </pre>
 */
final class FieldsParameter {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 1024;

    private final String text;
    private int at;
    private int nodes;

    private FieldsParameter(String text) {
        this.text = text;
    }

    /** What is selected below a node so far; null in the map means the child whole. */
    private static final class Selected {
        private final Map<SchemaNode, @Nullable Selected> children = new HashMap<>();

        FieldSelection toSelection() {
            var result = new HashMap<SchemaNode, FieldSelection>();
            children.forEach((s, c) -> result.put(s, c == null ? FieldSelection.ALL : c.toSelection()));
            return new FieldSelection(result);
        }
    }

    /**
     * The selection below the target of a request.
     *
     * @throws YangException with {@code BAD_PARAMETER}: at which character, what was got, what is expected
     */
    static FieldSelection parse(String text, SchemaNode target) throws YangException {
        if (target.isLeafLike()) {
            throw QueryParameters.bad("fields: " + target + " has no children to select");
        }
        var parser = new FieldsParameter(text);
        var selected = new Selected();
        parser.fields(target, selected, 0);
        if (parser.at < text.length()) {
            throw parser.fault("';' or the end expected");
        }
        return selected.toSelection();
    }

    private void fields(SchemaNode parent, Selected into, int depth) throws YangException {
        if (depth > MAX_DEPTH) {
            throw fault("nested deeper than " + MAX_DEPTH);
        }
        selector(parent, into, depth);
        while (at < text.length() && text.charAt(at) == ';') {
            at++;
            selector(parent, into, depth);
        }
    }

    private void selector(SchemaNode parent, Selected into, int depth) throws YangException {
        var schema = parent;
        var selected = into;
        while (true) {
            var child = name(schema);
            if (at < text.length() && (text.charAt(at) == '/' || text.charAt(at) == '(')) {
                if (child.isLeafLike()) {
                    throw fault(child + " has no children");
                }
                var known = selected.children.containsKey(child);
                var below = known ? selected.children.get(child) : new Selected();
                if (!known) {
                    selected.children.put(child, below);
                }
                selected = below == null ? new Selected() : below;
                schema = child;
                if (text.charAt(at++) == '(') {
                    fields(schema, selected, depth + 1);
                    if (at >= text.length() || text.charAt(at) != ')') {
                        throw fault("')' expected");
                    }
                    at++;
                    return;
                }
            } else {
                selected.children.put(child, null);
                return;
            }
        }
    }

    private SchemaNode name(SchemaNode parent) throws YangException {
        var start = at;
        while (at < text.length() && "/();".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var name = text.substring(start, at);
        if (name.isEmpty() || ++nodes > MAX_NODES) {
            throw fault(name.isEmpty() ? "the name of a node expected" : "more than " + MAX_NODES + " nodes");
        }
        var colon = name.indexOf(':');
        Optional<SchemaNode> child;
        if (colon >= 0) {
            child = parent.child(name.substring(0, colon), name.substring(colon + 1));
        } else if (parent.parent().isEmpty()) {
            throw fault("a top-level node has its module's name: 'module:" + name + "'");
        } else {
            child = parent.child(parent.module().name(), name);
        }
        return child.orElseThrow(
                () -> fault("no node '" + name + "' in " + (parent.parent().isEmpty() ? "the data tree" : parent)));
    }

    private YangException fault(String what) {
        return QueryParameters.bad("fields: " + what + " at character " + (at + 1));
    }
}

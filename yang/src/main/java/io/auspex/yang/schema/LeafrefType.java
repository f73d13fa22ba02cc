package io.auspex.yang.schema;

import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.PathExpression;

/** The type leafref (RFC 7950 §9.9): the values of another leaf; resolved once the schema tree stands. */
public final class LeafrefType implements ValueType {
    private final PathExpression path;
    private final boolean requireInstance;
    private final Memo compiled = new Memo();
    private @Nullable SchemaNode target;

    LeafrefType(PathExpression path, boolean requireInstance) {
        this.path = path;
        this.requireInstance = requireInstance;
    }

    void target(SchemaNode leaf) {
        target = leaf;
    }

    @Override
    public String name() {
        return "leafref";
    }

    /** The path as the module has it, for evaluation against data. */
    public PathExpression path() {
        return path;
    }

    /** What evaluates the path. */
    public Memo compiled() {
        return compiled;
    }

    /** True when a target instance of the same value has to exist. */
    public boolean requireInstance() {
        return requireInstance;
    }

    /** The leaf or leaf-list that the path leads to. */
    public SchemaNode target() {
        if (target == null) {
            throw new IllegalStateException("leafref " + path.getOriginalString() + " is not resolved");
        }
        return target;
    }

    @Override
    public Object parse(String text, Prefixes prefixes) throws InvalidValueException {
        return target().type().parse(text, prefixes);
    }

    @Override
    public Object parseDefault(String text, Prefixes prefixes) throws InvalidValueException {
        return target().type().parseDefault(text, prefixes);
    }

    @Override
    public boolean accepts(Object value) {
        return target().type().accepts(value);
    }

    @Override
    public JsonForm jsonForm(Object value) {
        return target().type().jsonForm(value);
    }

    @Override
    public String toString() {
        return "leafref " + path.getOriginalString();
    }
}

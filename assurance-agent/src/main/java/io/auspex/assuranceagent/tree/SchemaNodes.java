package io.auspex.assuranceagent.tree;

import io.auspex.yang.schema.SchemaNode;

/** Finds schema nodes that have to be there. */
public final class SchemaNodes {
    private SchemaNodes() {}

    /** The child of the parent's own module. */
    public static SchemaNode child(SchemaNode parent, String name) {
        return child(parent, parent.module().name(), name);
    }

    /** @throws IllegalArgumentException where the model lacks it */
    public static SchemaNode child(SchemaNode parent, String module, String name) {
        return parent.child(module, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the model has no " + module + ":" + name + " below '" + parent + "'"));
    }
}

package io.auspex.management;

import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The rpcs and actions that this server does: each schema node with its handler. */
public final class Operations {
    private final ModelContext model;
    private final Map<SchemaNode, OperationHandler> handlers = new ConcurrentHashMap<>();

    public Operations(ModelContext model) {
        this.model = model;
    }

    /**
     * Registers the handler of an rpc.
     *
     * @throws IllegalArgumentException when the model has no such rpc or it has a handler already
     */
    public void rpc(String module, String name, OperationHandler handler) {
        register(
                model.rpc(module, name)
                        .orElseThrow(() -> new IllegalArgumentException("no rpc " + module + ":" + name)),
                handler);
    }

    /** As {@link #rpc}, but for a model that may be without the rpc. */
    void rpcIfKnown(String module, String name, OperationHandler handler) {
        model.rpc(module, name).ifPresent(rpc -> register(rpc, handler));
    }

    /**
     * Registers the handler of an action.
     *
     * @param path the schema path of its node and its own name, for example {@code /m:top/entry/bump}
     * @throws IllegalArgumentException when the model has no such action or it has a handler already
     */
    public void action(String path, OperationHandler handler) {
        var at = model.root();
        var names = path.substring(1).split("/", -1);
        for (var i = 0; i < names.length - 1; i++) {
            var name = names[i];
            var colon = name.indexOf(':');
            at = (colon < 0 ? at.child(name) : at.child(name.substring(0, colon), name.substring(colon + 1)))
                    .orElseThrow(() -> new IllegalArgumentException("no node " + name + " in " + path));
        }
        var last = names[names.length - 1];
        var simple = last.substring(last.indexOf(':') + 1);
        register(
                at.operations().stream()
                        .filter(o -> o.name().equals(simple))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no action " + path)),
                handler);
    }

    private void register(SchemaNode operation, OperationHandler handler) {
        if (operation.kind() != NodeKind.RPC && operation.kind() != NodeKind.ACTION) {
            throw new IllegalArgumentException(operation + " is a " + operation.kind());
        }
        if (handlers.putIfAbsent(operation, handler) != null) {
            throw new IllegalArgumentException(operation + " has a handler already");
        }
    }

    /** The handler of an operation; empty when this server does not do it. */
    public Optional<OperationHandler> handler(SchemaNode operation) {
        return Optional.ofNullable(handlers.get(operation));
    }

    /** True when this server does the operation. */
    public boolean has(SchemaNode operation) {
        return handlers.containsKey(operation);
    }
}

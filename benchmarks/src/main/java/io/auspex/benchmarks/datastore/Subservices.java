package io.auspex.benchmarks.datastore;

import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Subservices of RFC 9418, each with its parameters and, but for the first, a dependency on the one before it; an edit gives
 * one of them another device.
 */
public final class Subservices {
    private static final int AT_ONCE = 10_000;

    private final ModelContext model = ModelLoader.load();
    private final SchemaNode subservices =
            model.root().child("ietf-service-assurance", "subservices").orElseThrow();
    private final SchemaNode subservice = child(subservices, "subservice");
    private final SchemaNode parameters =
            subservice.child("ietf-service-assurance-device", "parameters").orElseThrow();
    private final SchemaNode dependencies = child(subservice, "dependencies");
    private final SchemaNode dependency = child(dependencies, "dependency");
    private final Identity deviceType =
            model.identity("ietf-service-assurance-device:device-type").orElseThrow();
    private final Identity impacting =
            model.identity("ietf-service-assurance:impacting").orElseThrow();

    private static SchemaNode child(SchemaNode parent, String name) {
        return parent.child(name).orElseThrow();
    }

    ModelContext model() {
        return model;
    }

    /** Datastores with so many subservices. */
    public Datastores open(DatastoreConfig config, int size) throws YangException {
        var datastores = Datastores.open(model, config);
        for (var from = 0; from < size; from += AT_ONCE) {
            var entries = new ArrayList<TreeNode>();
            for (var i = from; i < Math.min(size, from + AT_ONCE); i++) {
                entries.add(entry(i));
            }
            var list = TreeList.of(subservice, entries);
            datastores.commit(new Edit(
                    Operation.MERGE,
                    DataPath.root(model.root()).child(subservices),
                    TreeNode.of(subservices, List.of(list))));
        }
        return datastores;
    }

    private TreeNode entry(int number) {
        var children = new ArrayList<DataNode>();
        children.add(new LeafNode(child(subservice, "type"), deviceType));
        children.add(new LeafNode(child(subservice, "id"), id(number)));
        children.add(TreeNode.of(
                parameters, List.of(new LeafNode(child(parameters, "device"), "router-" + number % 5_000))));
        if (number > 0) {
            var on = TreeNode.of(
                    dependency,
                    List.of(
                            new LeafNode(child(dependency, "type"), deviceType),
                            new LeafNode(child(dependency, "id"), id(number - 1)),
                            new LeafNode(child(dependency, "dependency-type"), impacting)));
            children.add(TreeNode.of(dependencies, List.of(TreeList.of(dependency, List.of(on)))));
        }
        return TreeNode.of(subservice, children);
    }

    static String id(int number) {
        return "subservice-%07d".formatted(number);
    }

    /** Commits edits of one leaf each, one after the other, to subservices taken at random. */
    public void edit(Datastores datastores, int size, int count, SplittableRandom random) throws YangException {
        for (var i = 0; i < count; i++) {
            datastores.commit(edit(random.nextInt(size), random.nextInt()));
        }
    }

    private Edit edit(int number, int value) {
        var leaf = child(parameters, "device");
        var path = DataPath.root(model.root())
                .child(subservices)
                .entry(subservice, ListKey.of(deviceType, id(number)))
                .child(parameters)
                .child(leaf);
        return new Edit(Operation.MERGE, path, new LeafNode(leaf, "device-" + value));
    }
}

package io.auspex.benchmarks.datastore;

import com.google.common.collect.ImmutableMap;
import java.util.SplittableRandom;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.data.tree.api.DataTree;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeConfiguration;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeModification;
import org.opendaylight.yangtools.yang.data.tree.api.DataValidationFailedException;
import org.opendaylight.yangtools.yang.data.tree.impl.ReferenceDataTreeFactory;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/** YANG Tools' DataTree alone, with the entries and edits of {@link Subservices}: it evaluates no must, when or reference. */
final class BareDataTree {
    private static final int AT_ONCE = 10_000;

    private final DataTree tree;
    private final QName subservices;
    private final QName subservice;
    private final QName type;
    private final QName id;
    private final QName choice;
    private final QName parameters;
    private final QName device;
    private final QName dependencies;
    private final QName dependency;
    private final QName dependencyType;
    private final QName deviceType;
    private final QName impacting;
    private final int size;

    BareDataTree(EffectiveModelContext model, int size) throws DataValidationFailedException {
        this.size = size;
        tree = new ReferenceDataTreeFactory().create(DataTreeConfiguration.DEFAULT_CONFIGURATION, model);
        var sain = model.findModules("ietf-service-assurance").iterator().next().getQNameModule();
        var ofDevices = model.findModules("ietf-service-assurance-device")
                .iterator()
                .next()
                .getQNameModule();
        subservices = QName.create(sain, "subservices");
        subservice = QName.create(sain, "subservice");
        type = QName.create(sain, "type");
        id = QName.create(sain, "id");
        dependencies = QName.create(sain, "dependencies");
        dependency = QName.create(sain, "dependency");
        dependencyType = QName.create(sain, "dependency-type");
        impacting = QName.create(sain, "impacting");
        choice = QName.create(sain, "parameter");
        parameters = QName.create(ofDevices, "parameters");
        device = QName.create(ofDevices, "device");
        deviceType = QName.create(ofDevices, "device-type");
        for (var from = 0; from < size; from += AT_ONCE) {
            fill(from, Math.min(size, from + AT_ONCE));
        }
    }

    private void fill(int from, int to) throws DataValidationFailedException {
        var list = ImmutableNodes.newSystemMapBuilder().withNodeIdentifier(new NodeIdentifier(subservice));
        for (var i = from; i < to; i++) {
            list.withChild(entry(i));
        }
        var change = tree.takeSnapshot().newModification();
        change.merge(
                YangInstanceIdentifier.of(subservices),
                ImmutableNodes.newContainerBuilder()
                        .withNodeIdentifier(new NodeIdentifier(subservices))
                        .withChild(list.build())
                        .build());
        commit(change);
    }

    private NodeIdentifierWithPredicates key(QName list, int number) {
        return NodeIdentifierWithPredicates.of(list, ImmutableMap.of(type, deviceType, id, Subservices.id(number)));
    }

    private MapEntryNode entry(int number) {
        var entry = ImmutableNodes.newMapEntryBuilder()
                .withNodeIdentifier(key(subservice, number))
                .withChild(ImmutableNodes.leafNode(type, deviceType))
                .withChild(ImmutableNodes.leafNode(id, Subservices.id(number)))
                .withChild(ImmutableNodes.newChoiceBuilder()
                        .withNodeIdentifier(new NodeIdentifier(choice))
                        .withChild(ImmutableNodes.newContainerBuilder()
                                .withNodeIdentifier(new NodeIdentifier(parameters))
                                .withChild(ImmutableNodes.leafNode(device, "router-" + number % 5_000))
                                .build())
                        .build());
        if (number > 0) {
            var on = ImmutableNodes.newMapEntryBuilder()
                    .withNodeIdentifier(key(dependency, number - 1))
                    .withChild(ImmutableNodes.leafNode(type, deviceType))
                    .withChild(ImmutableNodes.leafNode(id, Subservices.id(number - 1)))
                    .withChild(ImmutableNodes.leafNode(dependencyType, impacting))
                    .build();
            entry.withChild(ImmutableNodes.newContainerBuilder()
                    .withNodeIdentifier(new NodeIdentifier(dependencies))
                    .withChild(ImmutableNodes.newSystemMapBuilder()
                            .withNodeIdentifier(new NodeIdentifier(dependency))
                            .withChild(on)
                            .build())
                    .build());
        }
        return entry.build();
    }

    /** Commits edits of one leaf each, one after the other, to entries taken at random. */
    void edit(int count, SplittableRandom random) throws DataValidationFailedException {
        for (var i = 0; i < count; i++) {
            var path = YangInstanceIdentifier.of(
                    new NodeIdentifier(subservices),
                    new NodeIdentifier(subservice),
                    key(subservice, random.nextInt(size)),
                    new NodeIdentifier(choice),
                    new NodeIdentifier(parameters),
                    new NodeIdentifier(device));
            var change = tree.takeSnapshot().newModification();
            change.write(path, ImmutableNodes.leafNode(device, "device-" + random.nextInt()));
            commit(change);
        }
    }

    private void commit(DataTreeModification change) throws DataValidationFailedException {
        change.ready();
        tree.validate(change);
        tree.commit(tree.prepare(change));
    }
}

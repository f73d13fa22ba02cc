package io.auspex.assuranceengine.collection;

import java.util.List;

/** All that is to be collected from one device. Where several candidates of a metric may work, each is an item until one has answered. */
public record CollectionPlan(String device, List<CollectionItem> items) {
    public CollectionPlan {
        items = List.copyOf(items);
    }
}

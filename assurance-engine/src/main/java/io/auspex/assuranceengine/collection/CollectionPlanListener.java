package io.auspex.assuranceengine.collection;

/** Told when the plan of a device in the inventory has to be drawn again, from the engine's writer: must return at once. */
@FunctionalInterface
public interface CollectionPlanListener {

    /** Something else may have to be collected; told once, and again only after {@code AssuranceEngine.collectionPlan} was asked. */
    void planOutdated(String device);
}

package io.auspex.assuranceengine.collection;

/** Told what is to be collected, from the engine's writer: must return at once. */
@FunctionalInterface
public interface CollectionPlanListener {

    /** The device's plan is now this one; an empty plan means that nothing of the device is needed any more. */
    void planChanged(CollectionPlan plan);
}

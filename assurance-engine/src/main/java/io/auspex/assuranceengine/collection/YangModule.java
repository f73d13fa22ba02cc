package io.auspex.assuranceengine.collection;

import org.jspecify.annotations.Nullable;

/** A YANG module that a device announces in its hello or its YANG library; the revision may be unknown. */
public record YangModule(String name, @Nullable String revision) {}

package io.auspex.benchmarks.engine;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.Subservice;
import java.util.ArrayList;
import java.util.List;

/** Services that rest on ten parts each, all of one device. */
final class OneDevice implements Layout {
    static final String NAME = "r1";
    static final int PARTS = 10;

    @Override
    public List<Subservice> shared() {
        return List.of();
    }

    @Override
    public List<Subservice> service(int number) {
        List<Subservice> all = new ArrayList<>();
        List<Dependency> on = new ArrayList<>();
        for (int i = number * PARTS; i < (number + 1) * PARTS; i++) {
            Subservice part = Parts.part("part" + i, NAME, List.of());
            all.add(part);
            on.add(Dependency.impacting(part.id()));
        }
        all.add(Parts.service(number, on));
        return all;
    }

    @Override
    public List<String> devices(int services) {
        return List.of(NAME);
    }
}

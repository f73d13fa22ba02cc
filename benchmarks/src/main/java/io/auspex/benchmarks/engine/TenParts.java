package io.auspex.benchmarks.engine;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.Subservice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Services that rest on ten parts of their own each (target P8). */
final class TenParts implements Layout {
    static final int PARTS = 10;

    private static final int PARTS_OF_DEVICE = 100;

    @Override
    public List<Subservice> shared() {
        return List.of();
    }

    @Override
    public List<Subservice> service(int number) {
        List<Subservice> all = new ArrayList<>();
        List<Dependency> on = new ArrayList<>();
        for (int i = number * PARTS; i < (number + 1) * PARTS; i++) {
            Subservice part = Parts.part("part" + i, "r" + i / PARTS_OF_DEVICE, List.of());
            all.add(part);
            on.add(Dependency.impacting(part.id()));
        }
        all.add(Parts.service(number, on));
        return all;
    }

    @Override
    public List<String> devices(int services) {
        return IntStream.rangeClosed(0, services * PARTS / PARTS_OF_DEVICE)
                .mapToObj(i -> "r" + i)
                .toList();
    }
}

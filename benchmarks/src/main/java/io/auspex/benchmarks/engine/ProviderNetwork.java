package io.auspex.benchmarks.engine;

import io.auspex.assuranceengine.graph.Dependency;
import io.auspex.assuranceengine.graph.Subservice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * VPNs of two sites over one provider's network (target P12): each has for itself two VRFs, two BGP sessions and two interfaces,
 * and shares two devices, the path between them, and the path's three links with others.
 */
final class ProviderNetwork implements Layout {
    private static final int DEVICES = 2_000;
    private static final int LINKS = 10_000;
    private static final int PATHS = 4_000;
    private static final int LINKS_OF_PATH = 3;

    @Override
    public List<Subservice> shared() {
        List<Subservice> all = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            all.add(Parts.part("device" + i, "r" + i, List.of()));
        }
        for (int i = 0; i < LINKS; i++) {
            all.add(Parts.part(
                    "link" + i, "r" + i % DEVICES, List.of(on("device" + i % DEVICES), on("device" + other(i)))));
        }
        Random random = new Random(2);
        for (int i = 0; i < PATHS; i++) {
            List<Dependency> links = random.ints(0, LINKS)
                    .distinct()
                    .limit(LINKS_OF_PATH)
                    .mapToObj(link -> on("link" + link))
                    .toList();
            all.add(Parts.part("path" + i, "r" + i % DEVICES, links));
        }
        return all;
    }

    private static int other(int link) {
        return (link % DEVICES + 1 + link / DEVICES) % DEVICES;
    }

    @Override
    public List<Subservice> service(int number) {
        int path = number % PATHS;
        List<Subservice> all = new ArrayList<>();
        List<Dependency> on = new ArrayList<>(List.of(on("path" + path)));
        for (int site = 0; site < 2; site++) {
            int router = (path + site * 7) % DEVICES;
            String name = number + "-" + site;
            String device = "r" + router;
            all.add(Parts.part("interface" + name, device, List.of(on("device" + router))));
            all.add(Parts.part("bgp" + name, device, List.of(on("interface" + name))));
            all.add(Parts.part("vrf" + name, device, List.of(on("bgp" + name), on("device" + router))));
            on.add(on("vrf" + name));
        }
        all.add(Parts.service(number, on));
        return all;
    }

    private static Dependency on(String part) {
        return Dependency.impacting(Parts.partId(part));
    }

    @Override
    public List<String> devices(int services) {
        return IntStream.range(0, DEVICES).mapToObj(i -> "r" + i).toList();
    }
}

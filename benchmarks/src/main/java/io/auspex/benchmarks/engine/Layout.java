package io.auspex.benchmarks.engine;

import io.auspex.assuranceengine.graph.Subservice;
import java.util.List;

/** What an assurance graph of a benchmark is made of. */
interface Layout {

    /** The subservices that services share. */
    List<Subservice> shared();

    /** The subservices that one service has for itself; the last stands for its instance. */
    List<Subservice> service(int number);

    /** The devices whose subservices these are. */
    List<String> devices(int services);
}

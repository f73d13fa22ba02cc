package io.auspex.assuranceagent;

import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.history.HistoryConfig;
import io.auspex.yang.schema.ModelContext;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What an agent starts from.
 *
 * @param dataDir where the agent keeps its id and the pinned host keys; must exist
 * @param model the modules that the server implements
 * @param catalogue what the packs know
 * @param clock wall clock
 * @param history where the past is kept
 */
public record AgentConfig(
        Path dataDir, ModelContext model, Catalogue catalogue, InstantSource clock, HistoryConfig history) {

    /** An agent whose past is kept in its data folder. */
    public AgentConfig(Path dataDir, ModelContext model, Catalogue catalogue, InstantSource clock) {
        this(dataDir, model, catalogue, clock, HistoryConfig.in(dataDir));
    }
}

package io.auspex.server;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of every command that starts a server; they win over file and environment. */
final class ConfigFlags {
    @Option(names = "--config", paramLabel = "FILE", description = "Configuration in YAML.")
    private @Nullable Path file;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder of the datastore, keys and logs.")
    private @Nullable String dataDir;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "Any configuration key, for example --set restconf.listen=127.0.0.1:8443.",
                "'auspex help serve' lists the keys."
            })
    private Map<String, String> settings = Map.of();

    Config read() {
        var flags = new EnumMap<ConfigKey, String>(ConfigKey.class);
        settings.forEach((key, value) -> flags.put(
                ConfigKey.of(key)
                        .orElseThrow(() -> new ConfigException("--set: unknown key '" + key + "'; did you mean '"
                                + ConfigKey.nearest(key).key() + "'?")),
                value));
        if (dataDir != null) {
            flags.put(ConfigKey.DATA_DIR, dataDir);
        }
        return ConfigSources.read(file, System.getenv(), flags);
    }
}

package io.auspex.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Gathers the configuration: a YAML file, overridden by {@code AUSPEX_*} of the environment, overridden by flags. */
final class ConfigSources {
    private static final int MAX_BYTES = 1 << 20;
    private static final Set<String> OF_THE_LAUNCHER =
            Set.of("AUSPEX_JAVA_OPTIONS", "AUSPEX_CLASS_PATH", "AUSPEX_LOG_LEVEL", "AUSPEX_PASSWORD");

    private ConfigSources() {}

    /**
     * The configuration.
     *
     * @param file null for none
     * @throws ConfigException for an unknown key, naming the nearest known one, or a value that is wrong
     */
    static Config read(@Nullable Path file, Map<String, String> environment, Map<ConfigKey, String> flags) {
        var values = new EnumMap<ConfigKey, String>(ConfigKey.class);
        if (file != null) {
            flatten(file.toString(), "", yaml(file), values);
        }
        environment.forEach((name, value) -> {
            if (name.startsWith("AUSPEX_") && !OF_THE_LAUNCHER.contains(name)) {
                values.put(
                        ConfigKey.ofEnvironment(name)
                                .orElseThrow(() -> unknown("environment", name, nearestVariable(name))),
                        value);
            }
        });
        values.putAll(flags);
        return Config.of(values);
    }

    private static JsonNode yaml(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(file + " has more than " + MAX_BYTES + " bytes");
            }
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new ConfigException(file + ", line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ConfigException(file + " cannot be read: " + e.getMessage());
        }
    }

    private static void flatten(String source, String prefix, JsonNode node, Map<ConfigKey, String> values) {
        for (var member : node.properties()) {
            var key = prefix + member.getKey();
            var value = member.getValue();
            if (value.isObject()) {
                flatten(source, key + ".", value, values);
                continue;
            }
            var known = ConfigKey.of(key)
                    .orElseThrow(
                            () -> unknown(source, key, ConfigKey.nearest(key).key()));
            values.put(
                    known,
                    value.isArray()
                            ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                            : value.asString());
        }
    }

    private static String nearestVariable(String name) {
        var key = name.substring("AUSPEX_".length())
                .toLowerCase(java.util.Locale.ROOT)
                .replace('_', '.');
        return ConfigKey.nearest(key).environment();
    }

    private static ConfigException unknown(String source, String key, String nearest) {
        return new ConfigException(source + ": unknown key '" + key + "'; did you mean '" + nearest + "'?");
    }
}

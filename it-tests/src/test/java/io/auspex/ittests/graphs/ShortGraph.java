package io.auspex.ittests.graphs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An assurance graph in short, a line a subservice: {@code svc/a @noc : path/1, probe/1 i, link/1 w50, link/2 r1of2}. The word
 * before the slash says the type, the whole is the identifier, what follows {@code @} the contact of the maintenance; {@code i}
 * is informational, {@code w50} weighted, {@code r} redundant with the number that is needed.
 */
final class ShortGraph {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern LINE = Pattern.compile("(\\S+)(?: =(\\S+))?(?: @(\\S+))?(?: *: *(.*))?");
    private static final Pattern DEPENDENCY = Pattern.compile("(\\S+)(?: (i|w\\d+|r\\d+of\\d+))?");
    private static final Map<String, Type> TYPES = Map.of(
            "svc", new Type("ietf-service-assurance", "service-instance", "service", "instance-name"),
            "device", new Type("ietf-service-assurance-device", "device", "device"),
            "interface", new Type("ietf-service-assurance-interface", "interface", "device", "interface"),
            "path", new Type("example-sain-path", "path", "device1", "device2", "path-id"),
            "link", new Type("example-sain-link", "link", "link-id"),
            "vrf", new Type("example-sain-vrf", "vrf", "device", "vrf-name"),
            "igp", new Type("example-sain-ospf", "ospf", "instance-name"),
            "probe", new Type("example-sain-sla-probe", "sla-probe", "probe-id"),
            "load", new Type("example-sain-ecmp-load", "ecmp-load", "device", "prefix"));

    private ShortGraph() {}

    private record Type(String module, String name, List<String> parameters) {
        Type(String module, String name, String... parameters) {
            this(module, name, List.of(parameters));
        }

        String identity() {
            return module + ":" + name + "-type";
        }

        String container() {
            return name.equals("service-instance") ? "service-instance-parameter" : module + ":parameters";
        }
    }

    /** The content of the container {@code subservices}. */
    static String json(String lines) {
        return JSON.createObjectNode()
                .set(
                        "ietf-service-assurance:subservices",
                        JSON.createObjectNode().set("subservice", list(lines)))
                .toString();
    }

    /** One subservice. */
    static String one(String line) {
        return JSON.createObjectNode()
                .set("ietf-service-assurance:subservice", list(line))
                .toString();
    }

    private static ArrayNode list(String lines) {
        var list = JSON.createArrayNode();
        lines.strip().lines().map(ShortGraph::subservice).forEach(list::add);
        return list;
    }

    static String identity(String id) {
        return TYPES.get(id.substring(0, id.indexOf('/'))).identity();
    }

    private static ObjectNode key(String id) {
        return JSON.createObjectNode().put("type", identity(id)).put("id", id);
    }

    private static ObjectNode subservice(String line) {
        Matcher parts = LINE.matcher(line.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a subservice: " + line);
        }
        String id = parts.group(1);
        Type type = TYPES.get(id.substring(0, id.indexOf('/')));
        ObjectNode node = key(id);
        // What the subservice stands for goes by its name, unless the line says another.
        String object = parts.group(2) == null ? id.substring(id.indexOf('/') + 1) : parts.group(2);
        ObjectNode parameters = JSON.createObjectNode();
        type.parameters.forEach(name -> parameters.put(name, object));
        node.set(type.container(), parameters);
        if (parts.group(3) != null) {
            node.set("under-maintenance", JSON.createObjectNode().put("contact", parts.group(3)));
        }
        if (parts.group(4) != null) {
            var dependencies = JSON.createArrayNode();
            dependencies(parts.group(4)).forEach(dependencies::add);
            node.set("dependencies", JSON.createObjectNode().set("dependency", dependencies));
        }
        return node;
    }

    private static List<ObjectNode> dependencies(String text) {
        List<ObjectNode> all = new ArrayList<>();
        for (String one : text.split(",")) {
            Matcher parts = DEPENDENCY.matcher(one.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException("not a dependency: " + one);
            }
            ObjectNode node = key(parts.group(1));
            String how = parts.group(2);
            if (how == null) {
                node.put("dependency-type", "impacting");
            } else if (how.equals("i")) {
                node.put("dependency-type", "informational");
            } else if (how.startsWith("w")) {
                node.put("dependency-type", "auspex-assurance:weighted")
                        .put("auspex-assurance:weight", Integer.parseInt(how.substring(1)));
            } else {
                node.put("dependency-type", "auspex-assurance:redundant")
                        .put("auspex-assurance:k-of-n", Integer.parseInt(how.substring(1, how.indexOf("of"))));
            }
            all.add(node);
        }
        return all;
    }

    /** The dependencies of one subservice, for an edit of these alone. */
    static String dependency(String text) {
        var list = JSON.createArrayNode();
        dependencies(text).forEach(list::add);
        return JSON.createObjectNode()
                .set("ietf-service-assurance:dependency", list)
                .toString();
    }

    /** {@code id score} of each line. */
    static Map<String, Integer> scores(String lines) {
        Map<String, Integer> scores = new LinkedHashMap<>();
        lines.strip().lines().forEach(line -> {
            String[] parts = line.strip().split(" ");
            scores.put(parts[0], Integer.valueOf(parts[1]));
        });
        return scores;
    }
}

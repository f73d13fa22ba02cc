package io.auspex.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code auspex explain}: why the score of a service is what it is, in a few lines. */
@Command(
        name = "explain",
        description = "Tells why the health score of a service instance is what it is.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final String MODULE = "ietf-service-assurance:";
    private static final String SERVICE_TYPE = MODULE + "service-instance-type";

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private ClientFlags server = new ClientFlags();

    @Parameters(index = "0", paramLabel = "SERVICE", description = "Name of the service, for example l3vpn.")
    private String service = "";

    @Parameters(index = "1", paramLabel = "INSTANCE", description = "Name of the instance.")
    private String instance = "";

    @Override
    public Integer call() {
        try (var client = server.connect()) {
            var id = subserviceOf(client);
            var answer = client.post(
                    MODULE + "subservices/subservice=" + RestconfClient.key(SERVICE_TYPE) + "," + RestconfClient.key(id)
                            + "/auspex-assurance:root-cause",
                    "");
            var out = spec.commandLine().getOut();
            lines(answer.path("auspex-assurance:output").path("path")).forEach(out::println);
            out.flush();
        }
        return CommandLine.ExitCode.OK;
    }

    /** The id of the subservice that stands for the service instance. */
    private String subserviceOf(RestconfClient client) {
        var found = client.get(MODULE + "assured-services/assured-service=" + RestconfClient.key(service)
                        + "/instances=" + RestconfClient.key(instance))
                .orElseThrow(() -> new CommandException("There is no assured service '" + service
                        + "' with an instance '" + instance + "'. " + known(client)));
        for (var part : found.path(MODULE + "instances").path(0).path("subservices")) {
            var id = part.path("id").asString();
            if (SERVICE_TYPE.equals(qualified(part.path("type").asString())) && isIt(client, id)) {
                return id;
            }
        }
        throw new CommandException("The server lists no subservice for " + service + " " + instance + ".");
    }

    private boolean isIt(RestconfClient client, String id) {
        var parameter = client.get(MODULE + "subservices/subservice=" + RestconfClient.key(SERVICE_TYPE) + ","
                        + RestconfClient.key(id) + "/service-instance-parameter")
                .map(j -> j.path(MODULE + "service-instance-parameter"));
        return parameter
                .filter(p -> p.path("service").asString("").equals(service)
                        && p.path("instance-name").asString("").equals(instance))
                .isPresent();
    }

    private static String qualified(String type) {
        return type.contains(":") ? type : MODULE + type;
    }

    private static String known(RestconfClient client) {
        var names = new ArrayList<String>();
        client.get(MODULE + "assured-services").ifPresent(services -> {
            for (var assured : services.path(MODULE + "assured-services").path("assured-service")) {
                for (var name : assured.path("instances")) {
                    names.add(assured.path("service").asString() + " "
                            + name.path("name").asString());
                }
            }
        });
        return names.isEmpty()
                ? "No service is assured yet."
                : "Known are: " + String.join(", ", names.subList(0, Math.min(20, names.size()))) + ".";
    }

    /** The path as lines: each step deeper, its symptom below it. */
    static List<String> lines(JsonNode path) {
        var lines = new ArrayList<String>();
        var depth = 0;
        for (var step : path) {
            var indent = "  ".repeat(depth);
            var arrow = depth == 0 ? "" : "because of ";
            lines.add(indent + arrow
                    + step.path("type").asString().replaceFirst("^.*:", "").replaceFirst("-type$", "") + " "
                    + step.path("id").asString() + ": "
                    + score(step.path("score").asInt()));
            if (step.has("description")) {
                lines.add(indent + "  symptom: " + step.path("description").asString()
                        + (step.has("since") ? ", since " + step.path("since").asString() : ""));
            }
            depth++;
        }
        return lines;
    }

    private static String score(int score) {
        return switch (score) {
            case -1 -> "score unknown (-1)";
            case 100 -> "score 100, fully operational";
            case 0 -> "score 0, broken";
            default -> "score " + score + ", degraded";
        };
    }
}

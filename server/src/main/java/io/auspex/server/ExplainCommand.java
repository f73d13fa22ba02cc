package io.auspex.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
            var answer = client.post(path(SERVICE_TYPE, id) + "/auspex-assurance:root-cause", "")
                    .path("auspex-assurance:output");
            var text = new ExplanationText(service + " " + instance, answer);
            var others =
                    text.origin().map(o -> impactOf(client, o.type(), o.id())).orElse(List.of());
            var out = spec.commandLine().getOut();
            text.lines(others).forEach(out::println);
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
        var parameter = client.get(path(SERVICE_TYPE, id) + "/service-instance-parameter")
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

    /** The other instances of services that a subservice hits. */
    private List<String> impactOf(RestconfClient client, String type, String id) {
        var others = new ArrayList<String>();
        var answer = client.post(path(type, id) + "/auspex-assurance:impact", "");
        for (var hit : answer.path("auspex-assurance:output").path("service")) {
            var name =
                    hit.path("service").asString() + " " + hit.path("instance").asString();
            if (hit.path("at-stake").asInt() > 0 && !name.equals(service + " " + instance)) {
                others.add(name);
            }
        }
        return others;
    }

    private static String path(String type, String id) {
        return MODULE + "subservices/subservice=" + RestconfClient.key(type) + "," + RestconfClient.key(id);
    }
}

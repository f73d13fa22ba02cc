package io.auspex.server;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code auspex collection}: requests for Postman and Bruno, made from the OpenAPI document of a server. */
@Command(
        name = "collection",
        description = "Prints a Postman collection (which Bruno imports) of a server's RESTCONF interface.",
        mixinStandardHelpOptions = true)
final class CollectionCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private ClientFlags server = new ClientFlags();

    @Parameters(arity = "0..*", paramLabel = "MODULE", description = "YANG modules; all when none is named.")
    private List<String> modules = List.of();

    @Override
    public Integer call() {
        try (var client = server.connect()) {
            var out = spec.commandLine().getOut();
            out.println(PostmanCollection.of(client.openApi(modules), client.root(), server.user())
                    .toPrettyString());
            out.flush();
        }
        return CommandLine.ExitCode.OK;
    }
}

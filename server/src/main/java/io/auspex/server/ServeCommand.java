package io.auspex.server;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code auspex serve}: runs the server until it is told to stop. */
@Command(
        name = "serve",
        description = "Runs the server.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nConfiguration keys (file, --set; in the environment AUSPEX_ and capitals):%n",
        footer = {
            "  data-dir                     folder of the datastore, keys and logs (data)",
            "  restconf.listen              HTTPS address of RESTCONF (127.0.0.1:8443)",
            "  restconf.tls.certificate     PEM file; self-signed at the first start when empty",
            "  restconf.tls.key             PEM file of its private key",
            "  restconf.tls.client-ca       PEM file of CAs of clients' certificates; none asked for when empty",
            "  restconf.tls.client-crl      PEM file of revocation lists of those CAs",
            "  restconf.tokens.keys         public keys of bearer tokens, JWK set or PEM; refused when empty",
            "  restconf.tokens.issuer       claim iss of every token",
            "  restconf.tokens.audience     what has to be in claim aud of every token",
            "  restconf.tokens.algorithms   signatures taken (RS256,PS256,ES256)",
            "  restconf.tokens.user-claim   claim that names the user (sub)",
            "  restconf.tokens.groups-claim claim that names groups for access control (groups)",
            "  restconf.plain-http-listen   plain HTTP, loopback only; off when empty",
            "  netconf.ssh-listen           NETCONF over SSH (127.0.0.1:1830)",
            "  health.listen                health and metrics, plain HTTP, loopback only; off when empty",
            "  yang.directories             folders of further YANG modules",
            "  packs.directories            folders that hold subservice packs"
        })
final class ServeCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private ConfigFlags flags = new ConfigFlags();

    @Override
    public Integer call() throws InterruptedException {
        var config = flags.read();
        try (var server = AuspexServer.start(config)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
            var out = spec.commandLine().getOut();
            out.println(server.greeting());
            out.println("ready");
            out.flush();
            server.awaitClose();
        }
        return CommandLine.ExitCode.OK;
    }
}

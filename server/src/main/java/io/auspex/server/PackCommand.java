package io.auspex.server;

import io.auspex.packs.PackException;
import io.auspex.packs.Packs;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code auspex pack}: for those who write subservice packs. */
@Command(name = "pack", description = "Works on subservice packs.", mixinStandardHelpOptions = true)
final class PackCommand implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** {@code auspex pack test}: reads and checks a pack. */
    @Command(name = "test", description = "Checks a pack.", mixinStandardHelpOptions = true)
    Integer test(@Parameters(paramLabel = "DIR", description = "The folder of the pack.") Path folder) {
        var out = spec.commandLine().getOut();
        try {
            var pack = Packs.read(folder);
            out.println(pack.name() + ": " + pack.types().size() + " subservice types, no fault");
            return CommandLine.ExitCode.OK;
        } catch (PackException e) {
            throw CommandException.of(e);
        } finally {
            out.flush();
        }
    }
}

package io.auspex.server;

import io.auspex.packs.PackException;
import io.auspex.packs.PackTest;
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

    /** {@code auspex pack test}: reads a pack, checks it and runs its cases. */
    @Command(
            name = "test",
            description = "Checks a pack and runs its cases on recorded values.",
            mixinStandardHelpOptions = true)
    Integer test(@Parameters(paramLabel = "DIR", description = "The folder of the pack.") Path folder) {
        var out = spec.commandLine().getOut();
        try {
            var outcome = PackTest.run(folder);
            outcome.failures().forEach(out::println);
            out.println(outcome.pack() + ": " + outcome.cases() + " cases, "
                    + (outcome.passed() ? "all passed" : outcome.failures().size() + " expectations not met"));
            return outcome.passed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (PackException e) {
            throw CommandException.of(e);
        } finally {
            out.flush();
        }
    }
}

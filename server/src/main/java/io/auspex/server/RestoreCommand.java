package io.auspex.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code auspex restore}: makes a data folder from a backup; the server must not run. */
@Command(
        name = "restore",
        description = "Makes the data folder from a backup. A folder that a server uses is refused.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private ConfigFlags flags = new ConfigFlags();

    @Option(names = "--replace", description = "Sets a data folder that is there aside; it is not deleted.")
    private boolean replace;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file = Path.of("-");

    @Override
    public Integer call() {
        var folder = flags.read().dataDir();
        try {
            var aside = Backup.restore(file, folder, replace);
            var out = spec.commandLine().getOut();
            out.println(folder + ": restored from " + file);
            if (!aside.equals(folder.toAbsolutePath().normalize())) {
                out.println("The former folder is now " + aside);
            }
            out.flush();
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException("The restore fails: " + e);
        }
    }
}

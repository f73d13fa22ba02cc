package io.auspex.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code auspex backup}: saves the data folder, whether or not a server uses it. */
@Command(
        name = "backup",
        description =
                "Saves the whole data folder to a file, also while the server runs. The file holds passwords and keys.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private ConfigFlags flags = new ConfigFlags();

    @Parameters(paramLabel = "FILE", description = "The backup that is made.")
    private Path file = Path.of("-");

    @Override
    public Integer call() {
        var folder = flags.read().dataDir();
        try {
            var count = Backup.write(DataDirectory.at(folder), file.toAbsolutePath());
            var out = spec.commandLine().getOut();
            out.println(file + ": " + count + " files of " + folder + ", " + Files.size(file) + " bytes");
            out.flush();
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException("The backup fails: " + e);
        }
    }
}

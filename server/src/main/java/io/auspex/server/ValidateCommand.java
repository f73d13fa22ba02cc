package io.auspex.server;

import io.auspex.yang.InputLimits;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelException;
import io.auspex.yang.schema.ModelLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code auspex validate}: checks instance data against the modules, without a server. */
@Command(
        name = "validate",
        description = "Checks a file of instance data (JSON, RFC 7951) as an edit of running would be checked.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--yang", paramLabel = "DIR", description = "Folder of further YANG modules.")
    private List<Path> directories = List.of();

    @Parameters(paramLabel = "FILE", description = "The instance data.")
    private Path file = Path.of("-");

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try {
            ConfigurationCheck.check(model(), read());
            out.println(file + ": valid");
            return CommandLine.ExitCode.OK;
        } catch (YangException e) {
            e.errors().forEach(error -> out.println(file + ": " + line(error)));
            return CommandLine.ExitCode.SOFTWARE;
        } finally {
            out.flush();
        }
    }

    private ModelContext model() {
        try {
            return ModelLoader.load(directories);
        } catch (ModelException e) {
            throw CommandException.of(e);
        }
    }

    private byte[] read() {
        try {
            if (Files.size(file) > InputLimits.DEFAULT.messageBytes()) {
                throw new CommandException(file + " has more than " + InputLimits.DEFAULT.messageBytes()
                        + " bytes, the limit of a message");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read: " + e.getMessage());
        }
    }

    private static String line(YangError error) {
        return error.tag() + (error.path() == null ? "" : " at " + error.path()) + ": " + error.message();
    }
}

package io.auspex.server;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of Auspex. */
@Command(
        name = "auspex",
        description = "Tells whether each network service works and, if not, why.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            ExplainCommand.class,
            PackCommand.class,
            ValidateCommand.class,
            CollectionCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            VersionCommand.class,
            WarmUpCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Also of the launcher: './auspex test' runs all tests, './auspex bench' lists what can be measured,",
            "'./auspex build' builds."
        })
final class Main implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::report)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** What a user can mend is one line; all else is a fault of ours and shows its trace. */
    private static int report(Exception fault, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (fault instanceof ConfigException || fault instanceof CommandException) {
            PrintWriter err = command.getErr();
            err.println("auspex: " + fault.getMessage());
            err.flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw fault;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

package io.auspex.ittests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auspex.yang.schema.ModelLoader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Debian's yangcli at a terminal, where it hears of notifications while nobody types. It knows subscriptions by modules that are
 * cut to what its compiler can read.
 */
final class YangcliTerminal implements AutoCloseable {
    private static final Path YANGCLI = Path.of("/usr/bin/yangcli");
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path home;
    private final Process process;
    private final Writer keyboard;
    private final StringBuffer heard = new StringBuffer();
    private int looked;

    YangcliTerminal(ServerProcess server, Path home) throws Exception {
        this.home = Files.createDirectories(home);
        for (var module : List.of("ietf-subscribed-notifications", "ietf-yang-push")) {
            Files.copy(
                    Path.of("src/test/resources/yangcli/" + module + "@2019-09-09.yang"),
                    home.resolve(module + ".yang"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        file(
                "ietf-datastores.yang",
                ModelLoader.loadOnly(Set.of("ietf-datastores"))
                        .text("ietf-datastores")
                        .orElseThrow());
        var yangcli =
                "%s --server=127.0.0.1 --ncport=%d --user=admin --password=%s --modpath=%s:/usr/share/yuma/modules"
                        .formatted(YANGCLI, server.netconfPort("ssh"), server.password(), home);
        var builder = new ProcessBuilder(SCRIPT.toString(), "-qfec", yangcli, "/dev/null").redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TERM", "dumb");
        process = builder.start();
        keyboard = process.outputWriter(UTF_8);
        var screen = process.inputReader(UTF_8);
        Thread.startVirtualThread(() -> listen(screen));
        hear("yangcli admin@127.0.0.1>");
        for (var module : List.of("ietf-subscribed-notifications", "ietf-yang-push")) {
            type("mgrload " + module);
            hear("Load module '" + module + "' OK");
        }
    }

    static void assumeThere() {
        assumeTrue(Files.isExecutable(YANGCLI), YANGCLI + " is missing: install yangcli");
        assumeTrue(Files.isExecutable(SCRIPT), SCRIPT + " is missing: install bsdutils");
    }

    /** A file that commands can name as {@code @} and its path. */
    Path file(String name, String content) throws IOException {
        return Files.writeString(home.resolve(name), content);
    }

    private void listen(Reader screen) {
        var buffer = new char[8192];
        try {
            for (var count = screen.read(buffer); count >= 0; count = screen.read(buffer)) {
                heard.append(buffer, 0, count);
            }
        } catch (IOException _) {
            // the terminal was closed
        }
    }

    void type(String command) throws IOException {
        keyboard.write(command + "\n");
        keyboard.flush();
    }

    /** Waits until all of some texts have come, in this order, since it last waited. */
    void hear(String... texts) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var from = looked;
            for (var text : texts) {
                from = heard.indexOf(text, from);
                assertThat(from).as("%s in %s", text, heard.substring(looked)).isNotNegative();
                from += text.length();
            }
        });
        for (var text : texts) {
            looked = heard.indexOf(text, looked) + text.length();
        }
    }

    /** Establishes a subscription and gives its id. */
    String establish(String parameters) throws IOException {
        type("establish-subscription " + parameters);
        hear("rpc-reply {", "id ");
        await().atMost(PATIENCE).until(() -> heard.indexOf("\n", looked) > 0);
        return heard.substring(looked, heard.indexOf("\n", looked)).strip();
    }

    @Override
    public void close() throws Exception {
        keyboard.close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}

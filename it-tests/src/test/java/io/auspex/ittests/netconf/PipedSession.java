package io.auspex.ittests.netconf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A NETCONF session whose transport is a program: what it reads goes to the server, what the server says it prints. */
final class PipedSession implements AutoCloseable {
    private static final String END = "]]>]]>";
    private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";

    private final Process process;
    private final OutputStream out;
    private final Reader in;
    private final StringBuilder heard = new StringBuilder();
    private final String hello;
    private int lastId;

    PipedSession(List<String> command, Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        process = builder.start();
        out = process.getOutputStream();
        in = process.inputReader(UTF_8);
        hello = next();
        send("<hello xmlns=\"" + BASE + "\"><capabilities><capability>urn:ietf:params:netconf:base:1.0</capability>"
                + "</capabilities></hello>");
    }

    long id() {
        return Long.parseLong(hello.replaceAll("(?s).*<session-id>(\\d+)</session-id>.*", "$1"));
    }

    private void send(String message) throws IOException {
        out.write((message + END).getBytes(UTF_8));
        out.flush();
    }

    /** What the server says up to the reply to an operation, that included. */
    String rpc(String operation) throws Exception {
        lastId++;
        send("<rpc xmlns=\"" + BASE + "\" message-id=\"" + lastId + "\">" + operation + "</rpc>");
        var said = new StringBuilder();
        while (said.indexOf("<rpc-reply") < 0) {
            said.append(next()).append('\n');
        }
        return said.toString();
    }

    /** The next message of the server; fails when the session has ended. */
    String next() throws Exception {
        return CompletableFuture.supplyAsync(this::read, Thread::startVirtualThread)
                .get(30, TimeUnit.SECONDS);
    }

    private String read() {
        var buffer = new char[8192];
        try {
            while (true) {
                var end = heard.indexOf(END);
                if (end >= 0) {
                    var message = heard.substring(0, end);
                    heard.delete(0, end + END.length());
                    return message;
                }
                var count = in.read(buffer);
                if (count < 0) {
                    throw new IllegalStateException("the session ended after: " + heard);
                }
                heard.append(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isOver() {
        return !process.isAlive();
    }

    @Override
    public void close() throws Exception {
        try {
            out.close();
        } catch (IOException _) {
            // the program has ended already
        }
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}

package io.auspex.ittests.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;

/** A NETCONF session of another client over SSH, which asks one thing at a time. */
final class NetconfSession implements AutoCloseable {
    private static final String END = "]]>]]>";
    private static final long PATIENCE = 20_000;
    private static final String HELLO = """
            <hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities>\
            <capability>urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>""";

    private final SshClient client = SshClient.setUpDefaultClient();
    private final ClientSession session;
    private final ChannelSubsystem channel;

    NetconfSession(int port, String user, String password) throws IOException {
        client.setServerKeyVerifier((_, _, _) -> true);
        client.start();
        session = client.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession();
        session.addPasswordIdentity(password);
        session.auth().verify(PATIENCE);
        channel = session.createSubsystemChannel("netconf");
        channel.open().verify(PATIENCE);
        receive();
        send(HELLO);
    }

    /** A session of user admin that holds the lock of running for as long as it is open (RFC 6241 §7.5). */
    static NetconfSession withRunningLocked(int port) throws IOException {
        var session = new NetconfSession(port, "admin", "admin");
        session.does("<lock><target><running/></target></lock>");
        return session;
    }

    /** The reply to an operation. */
    String asks(String operation) throws IOException {
        send("<rpc message-id=\"1\" xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\">" + operation + "</rpc>");
        return receive();
    }

    /** Has an operation done that answers ok. */
    void does(String operation) throws IOException {
        var reply = asks(operation);
        if (!reply.contains("<ok/>")) {
            throw new IOException(operation + ": " + reply);
        }
    }

    private void send(String message) throws IOException {
        channel.getInvertedIn().write((message + END).getBytes(StandardCharsets.UTF_8));
        channel.getInvertedIn().flush();
    }

    private String receive() throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.UTF_8).endsWith(END)) {
            var next = channel.getInvertedOut().read();
            if (next < 0) {
                throw new IOException("the session ended after: " + bytes.toString(StandardCharsets.UTF_8));
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close(false);
        session.close();
        client.stop();
    }
}

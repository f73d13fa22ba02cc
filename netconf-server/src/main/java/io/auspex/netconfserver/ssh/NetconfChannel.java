package io.auspex.netconfserver.ssh;

import io.auspex.netconfserver.NetconfSession;
import io.auspex.netconfserver.NetconfSessions;
import io.auspex.netconfserver.SessionEnd;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** One channel with the subsystem {@code netconf} (RFC 6242 §3), which is one NETCONF session. */
final class NetconfChannel implements Command {
    private final NetconfSession session;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private ExitCallback exit = (_, _, _) -> {};

    private NetconfChannel(NetconfSession session) {
        this.session = session;
    }

    /** @throws IOException nobody is logged in, or there are too many sessions */
    static NetconfChannel open(ChannelSession channel, NetconfSessions sessions) throws IOException {
        var connection = channel.getServerSession();
        var principal =
                Logins.principal(connection).orElseThrow(() -> new IOException("nobody is logged in on this channel"));
        return new NetconfChannel(sessions.open(
                principal,
                "netconf-ssh",
                SshEndpoint.of(connection).idleTime(),
                connection.getAttribute(SshTransport.CLIENT)));
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {}

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        session.start(in, out, cut -> {
            if (cut) {
                Connections.cut(channel.getServerSession());
            } else {
                exit.onExit(0);
            }
        });
    }

    @Override
    public void destroy(ChannelSession channel) {
        session.close(new SessionEnd(SessionEnd.Reason.DROPPED, "the peer closed the channel"));
    }
}

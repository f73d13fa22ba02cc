package io.auspex.netconfserver.ssh;

import io.auspex.netconfserver.NetconfSession;
import io.auspex.netconfserver.NetconfSessions;
import io.auspex.netconfserver.SessionEnd;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelAsyncOutputStream;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** One channel with the subsystem {@code netconf} (RFC 6242 §3), which is one NETCONF session. */
final class NetconfChannel implements Command {
    private final NetconfSession session;
    private final Duration writeTime;
    private InputStream in = InputStream.nullInputStream();
    private ExitCallback exit = (_, _, _) -> {};

    private NetconfChannel(NetconfSession session, Duration writeTime) {
        this.session = session;
        this.writeTime = writeTime;
    }

    /** @throws IOException nobody is logged in, or there are too many sessions */
    static NetconfChannel open(ChannelSession channel, NetconfSessions sessions, Duration writeTime)
            throws IOException {
        var connection = channel.getServerSession();
        var principal =
                Logins.principal(connection).orElseThrow(() -> new IOException("nobody is logged in on this channel"));
        return new NetconfChannel(sessions.open(principal, "netconf-ssh"), writeTime);
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    /** Not used: what is written to it may pile up without bound. */
    @Override
    public void setOutputStream(OutputStream stream) {}

    @Override
    public void setErrorStream(OutputStream stream) {}

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        var out = new ChannelAsyncOutputStream(channel, SshConstants.SSH_MSG_CHANNEL_DATA);
        channel.addChannelListener(new WindowListener(out));
        session.start(in, new ChannelSink(out, writeTime), cut -> {
            if (cut) {
                channel.getServerSession().close(true);
            } else {
                exit.onExit(0);
            }
        });
    }

    @Override
    public void destroy(ChannelSession channel) {
        session.close(new SessionEnd(SessionEnd.Reason.DROPPED, "the peer closed the channel"));
    }

    /** Lets go on what waits for the peer's window, which the channel tells only to a stream that it made itself. */
    private record WindowListener(ChannelAsyncOutputStream out) implements ChannelListener {
        @Override
        public void channelStateChanged(Channel channel, String hint) {
            try {
                out.onWindowExpanded();
            } catch (IOException e) {
                out.close(true);
            }
        }
    }
}

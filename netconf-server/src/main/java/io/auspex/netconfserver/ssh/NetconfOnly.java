package io.auspex.netconfserver.ssh;

import java.io.IOException;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;

/** Channels on which nothing but a subsystem can be asked for: no shell, command, terminal, environment or forwarding. */
final class NetconfOnly implements ChannelFactory {
    @Override
    public String getName() {
        return "session";
    }

    private final int maxChannels;

    /** @param maxChannels of one connection */
    NetconfOnly(int maxChannels) {
        this.maxChannels = maxChannels;
    }

    @Override
    public Channel createChannel(Session connection) {
        return new SubsystemChannel();
    }

    private final class SubsystemChannel extends ChannelSession {
        @Override
        protected OpenFuture doInit(Buffer buffer) {
            if (Connections.channels(getSession()) <= maxChannels) {
                return super.doInit(buffer);
            }
            var refused = new DefaultOpenFuture(this, this);
            refused.setException(new SshChannelOpenException(
                    getChannelId(),
                    SshConstants.SSH_OPEN_RESOURCE_SHORTAGE,
                    "this connection has " + maxChannels + " channels already"));
            return refused;
        }

        @Override
        protected Result handleInternalRequest(String request, boolean wantReply, Buffer buffer) throws IOException {
            return request.equals("subsystem")
                    ? super.handleInternalRequest(request, wantReply, buffer)
                    : Result.ReplyFailure;
        }
    }
}

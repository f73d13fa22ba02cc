package io.auspex.netconfsouthbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfprotocol.NetconfNamespaces;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.Rpc;
import io.auspex.netconfprotocol.RpcError;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfprotocol.YangModule;
import io.auspex.yang.InputLimits;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a device with YANG-Push says that lets the test decide what it grants and when it sends. */
final class PushDevice extends FakeDevice.Script {
    static final Set<YangModule> MODULES = Set.of(
            new YangModule("urn:if", "interfaces", null),
            new YangModule(PushOperations.PUSH, "ietf-yang-push", "2019-09-09"),
            new YangModule("urn:nc", "ietf-notification-capabilities", "2022-02-17"));

    /** Triggers that are refused, and with what. */
    final Map<UpdateTrigger, RpcError> refused = new ConcurrentHashMap<>();
    /** Rpcs that are not answered. */
    final Set<String> unanswered = new HashSet<>();
    /** Each establish-subscription, in its order; its place is the id. */
    final List<XmlElement> established = new ArrayList<>();

    final List<String> deleted = new ArrayList<>();
    int resyncs;

    @Nullable
    RpcError resyncRefusal;

    @Nullable
    String capabilities;

    private FakeDevice.@Nullable Peer peer;

    @Override
    public byte[] hello(long sessionId) {
        return FakeDevice.framedHello(
                sessionId,
                Capability.BASE_1_0.uri(),
                Capability.BASE_1_1.uri(),
                "urn:if?module=interfaces",
                PushOperations.PUSH + "?module=ietf-yang-push&revision=2019-09-09");
    }

    static UpdateTrigger trigger(XmlElement establish) {
        return establish.child(PushOperations.PUSH, "on-change").isPresent()
                ? UpdateTrigger.ON_CHANGE
                : UpdateTrigger.PERIODIC;
    }

    @Override
    public synchronized void rpc(Rpc rpc, FakeDevice device, FakeDevice.Peer newPeer) throws IOException {
        peer = newPeer;
        var operation = rpc.operation();
        if (unanswered.contains(operation.name())) {
            return;
        }
        switch (operation.name()) {
            case "establish-subscription" -> {
                var error = refused.get(trigger(operation));
                if (error != null) {
                    newPeer.reply(rpc, new RpcReply.Failed(List.of(error)));
                } else {
                    established.add(operation);
                    var id = XmlElement.leaf(PushOperations.SUBSCRIBED, "id", Integer.toString(established.size()));
                    newPeer.reply(rpc, new RpcReply.Data(List.of(id), List.of()));
                }
            }
            case "delete-subscription" -> {
                deleted.add(operation.childText(PushOperations.SUBSCRIBED, "id").orElseThrow());
                newPeer.reply(rpc, new RpcReply.Ok());
            }
            case "resync-subscription" -> {
                resyncs++;
                newPeer.reply(
                        rpc, resyncRefusal == null ? new RpcReply.Ok() : new RpcReply.Failed(List.of(resyncRefusal)));
            }
            case "get" -> {
                if (capabilities != null && operation.toString().contains("system-capabilities")) {
                    newPeer.reply(rpc, new RpcReply.Data(List.of(parsed(capabilities)), List.of()));
                } else {
                    super.rpc(rpc, device, newPeer);
                }
            }
            default -> newPeer.reply(rpc, new RpcReply.Ok());
        }
    }

    private static XmlElement parsed(String capabilities) {
        try {
            return XmlElement.parse(
                    ("<data xmlns='" + NetconfNamespaces.BASE + "'>" + capabilities + "</data>").getBytes(UTF_8),
                    InputLimits.DEFAULT);
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** All that a subscription selects; the contents are those of an interface list. */
    void update(int id, String interfaces) throws IOException {
        push(
                "push-update",
                "<id>" + id + "</id><datastore-contents><interfaces xmlns='urn:if'>" + interfaces
                        + "</interfaces></datastore-contents>");
    }

    static String edit(String operation, String target, String value) {
        return "<edit><edit-id>1</edit-id><operation>" + operation + "</operation><target>" + target + "</target>"
                + (value.isEmpty() ? "" : "<value>" + value + "</value>") + "</edit>";
    }

    void change(int id, long patch, String edits) throws IOException {
        push(
                "push-change-update",
                "<id>" + id + "</id><datastore-changes><yang-patch><patch-id>" + patch + "</patch-id>" + edits
                        + "</yang-patch></datastore-changes>");
    }

    private void push(String name, String content) throws IOException {
        say("<" + name + " xmlns='" + PushOperations.PUSH + "'>" + content + "</" + name + ">");
    }

    /** Such as {@code subscription-terminated}. */
    void state(String name, int id, String reason) throws IOException {
        say("<" + name + " xmlns='" + PushOperations.SUBSCRIBED + "' xmlns:sn='" + PushOperations.SUBSCRIBED + "'><id>"
                + id + "</id><reason>sn:" + reason + "</reason></" + name + ">");
    }

    void say(String content) throws IOException {
        say(content, Instant.now());
    }

    void say(String content, Instant eventTime) throws IOException {
        raw("<notification xmlns='" + NetconfNamespaces.NOTIFICATION + "'><eventTime>" + eventTime + "</eventTime>"
                + content + "</notification>");
    }

    synchronized void raw(String message) throws IOException {
        java.util.Objects.requireNonNull(peer, "no session").message(message.getBytes(UTF_8));
    }
}

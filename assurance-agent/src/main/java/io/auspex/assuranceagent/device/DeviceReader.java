package io.auspex.assuranceagent.device;

import io.auspex.assuranceengine.catalogue.Platform;
import io.auspex.netconfsouthbound.Credentials;
import io.auspex.netconfsouthbound.DeviceConfig;
import io.auspex.netconfsouthbound.Secret;
import io.auspex.netconfsouthbound.SessionTimers;
import io.auspex.yang.codec.NormalizedNodes;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yangbindings.BindingCodec;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yang.gen.v1.urn.auspex.yang.auspex.devices.rev261121.Devices;
import org.opendaylight.yang.gen.v1.urn.auspex.yang.auspex.devices.rev261121.devices.Device;
import org.opendaylight.yang.gen.v1.urn.auspex.yang.auspex.devices.rev261121.devices.device.credentials.Authentication;
import org.opendaylight.yang.gen.v1.urn.auspex.yang.auspex.devices.rev261121.devices.device.credentials.authentication.Password;
import org.opendaylight.yang.gen.v1.urn.auspex.yang.auspex.devices.rev261121.devices.device.credentials.authentication.PrivateKey;
import org.opendaylight.yangtools.binding.data.codec.api.BindingNormalizedNodeSerializer;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/** Makes a device of the inventory of an entry of auspex-devices in running, whose defaults are filled in here. */
final class DeviceReader {
    private static final YangInstanceIdentifier LIST =
            YangInstanceIdentifier.of(Devices.QNAME).node(Device.QNAME);

    private final BindingNormalizedNodeSerializer codec = BindingCodec.get().nodeSerializer();
    private final NormalizedNodes nodes;
    private final DeviceSchema schema;

    DeviceReader(ModelContext model, DeviceSchema schema) {
        this.nodes = new NormalizedNodes(model);
        this.schema = schema;
    }

    static String name(InnerNode entry) {
        return (String)
                Objects.requireNonNull(entry.key(), "a device without its key").value(0);
    }

    /** @throws YangException where this server cannot reach a device in that way */
    InventoryDevice read(InnerNode entry) throws YangException {
        String name = name(entry);
        DataPath path = schema.path(name);
        Device device = binding(entry);
        DeviceConfig config = new DeviceConfig(
                name,
                present(path, "address", device.getAddress()).stringValue(),
                device.getPort() == null
                        ? Math.toIntExact(fallback(schema.port))
                        : device.getPort().getValue().toJava(),
                transport(path, device.getTransport()),
                credentials(path, device.getCredentials()),
                device.getHostKey(),
                SessionTimers.DEFAULT);
        return new InventoryDevice(
                config,
                Duration.ofSeconds(
                        device.getPeriod() == null
                                ? fallback(schema.period)
                                : device.getPeriod().toJava()),
                platform(device.getPlatform()));
    }

    private static Platform platform(
            org.opendaylight.yang.gen.v1.urn.auspex.yang.auspex.devices.rev261121.devices.device.@Nullable Platform
                    given) {
        return given == null
                ? Platform.ANY
                : new Platform(given.getVendor(), given.getModel(), given.getOs(), given.getVersion());
    }

    private Device binding(InnerNode entry) {
        var node = nodes.write(entry);
        var found = codec.fromNormalizedNode(LIST.node(node.name()), node);
        return (Device) Objects.requireNonNull(found, "no binding of a device").getValue();
    }

    private DeviceConfig.Transport transport(DataPath path, Device.@Nullable Transport transport) throws YangException {
        return switch (transport) {
            case Ssh -> DeviceConfig.Transport.SSH;
            case null -> DeviceConfig.Transport.SSH;
            case Tls -> {
                DataPath at = path.child(schema.transport);
                throw new YangException(
                        Failure.NOT_SUPPORTED,
                        at,
                        at + ": got 'tls', expected 'ssh': this server reaches devices over SSH only");
            }
        };
    }

    private static Credentials credentials(
            DataPath path,
            org.opendaylight.yang.gen.v1.urn.auspex.yang.auspex.devices.rev261121.devices.device.@Nullable Credentials
                    credentials)
            throws YangException {
        var given = present(path, "credentials", credentials);
        String user = present(path, "credentials/user-name", given.getUserName());
        Authentication secret = given.getAuthentication();
        return switch (secret) {
            case Password p -> new Credentials.Password(user, new Secret(p.requirePassword()));
            case PrivateKey k -> new Credentials.PrivateKey(user, new Secret(k.requirePrivateKey()));
            case null, default -> throw missing(path, "credentials: a password or private-key");
        };
    }

    private static <T> T present(DataPath path, String what, @Nullable T value) throws YangException {
        if (value == null) {
            throw missing(path, what);
        }
        return value;
    }

    private static YangException missing(DataPath path, String what) {
        return new YangException(
                Failure.DATA_MISSING, path, path + ": got no " + what + ", expected one for a device that is read");
    }

    private static long fallback(SchemaNode leaf) {
        return (Long) leaf.defaults().getFirst();
    }
}

package io.auspex.netconfserver;

import io.auspex.netconfprotocol.Capabilities;
import io.auspex.netconfprotocol.Capability;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import java.util.ArrayList;
import java.util.Comparator;
import org.opendaylight.yangtools.yang.common.YangVersion;

/** What a server says in its hello (RFC 6241 §8): what it can do and which modules it has. */
public final class ServerCapabilities {
    private static final String CAPABILITY = "urn:ietf:params:netconf:capability:";

    /** draft-ietf-netconf-privcand: what a client says, too, whose candidate is to be its own. */
    static final Capability PRIVATE_CANDIDATE = new Capability(CAPABILITY + "private-candidate:1.0");

    private static final String DEFAULTS = "basic-mode=explicit&also-supported=report-all,report-all-tagged,trim";

    private ServerCapabilities() {}

    /**
     * The capabilities of a server with a model. Modules of YANG 1 are named, as RFC 6020 §5.6.4 has it; modules of YANG 1.1
     * stand in the YANG library only (RFC 7950 §5.6.4).
     *
     * @param contentId of the YANG library, which the hello repeats (RFC 8526 §2)
     */
    public static Capabilities of(ModelContext model, String contentId) {
        return of(model, contentId, UrlStore.OFF);
    }

    /** As {@link #of(ModelContext, String)}, with capability url where URLs are allowed (RFC 6241 §8.8). */
    public static Capabilities of(ModelContext model, String contentId, UrlStore urls) {
        var uris = new ArrayList<String>();
        uris.add(Capability.BASE_1_0.uri());
        uris.add(Capability.BASE_1_1.uri());
        uris.add(CAPABILITY + "writable-running:1.0");
        uris.add(CAPABILITY + "candidate:1.0");
        uris.add(CAPABILITY + "confirmed-commit:1.1");
        uris.add(CAPABILITY + "rollback-on-error:1.0");
        uris.add(CAPABILITY + "validate:1.1");
        uris.add(Capability.XPATH.uri());
        if (model.rpc("notifications", "create-subscription").isPresent()) {
            uris.add(Capability.NOTIFICATION.uri());
            uris.add(Capability.INTERLEAVE.uri());
        }
        if (!urls.schemes().isEmpty()) {
            uris.add(CAPABILITY + "url:1.0?scheme=" + String.join(",", urls.schemes()));
        }
        if (model.module("ietf-netconf-partial-lock").isPresent()) {
            uris.add(CAPABILITY + "partial-lock:1.0");
        }
        if (model.rpc("ietf-netconf-private-candidate", "update").isPresent()) {
            uris.add(PRIVATE_CANDIDATE.uri() + "?supported-resolution-modes="
                    + "revert-on-conflict,prefer-candidate,prefer-running");
        }
        if (model.module("ietf-netconf-txid").isPresent()) {
            uris.add(CAPABILITY + "txid:1.0");
            uris.add(CAPABILITY + "txid:etag:1.0");
        }
        uris.add(CAPABILITY + "with-defaults:1.0?" + DEFAULTS);
        if (model.module("ietf-netconf-nmda").isPresent()) {
            uris.add(CAPABILITY + "with-operational-defaults:1.0?" + DEFAULTS);
        }
        if (model.module("ietf-yang-library").isPresent()) {
            uris.add(Capability.YANG_LIBRARY_1_1 + "?revision=2019-01-04&content-id=" + contentId);
        }
        model.modules().stream()
                .filter(m -> isYang1(model, m))
                .sorted(Comparator.comparing(ModuleInfo::name))
                .map(m -> uri(model, m))
                .forEach(uris::add);
        return Capabilities.of(uris);
    }

    private static boolean isYang1(ModelContext model, ModuleInfo module) {
        return model.effective().findModules(module.name()).stream()
                .anyMatch(m -> m.getYangVersion() == YangVersion.VERSION_1);
    }

    private static String uri(ModelContext model, ModuleInfo module) {
        var features = model.features(module.name());
        return module.namespace() + "?module=" + module.name()
                + (module.revision() == null ? "" : "&revision=" + module.revision())
                + (features.isEmpty() ? "" : "&features=" + String.join(",", features));
    }
}

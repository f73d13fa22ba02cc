package io.auspex.notifications.subscriptions;

import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The identities of errors about subscriptions (RFC 8639 §2.4.6, RFC 8641 §4.4,
 * draft-ietf-netconf-yang-notifications-versioning): the identity as error-app-tag, error-tag and HTTP status by the table of
 * RFC 8650 §3.3.
 */
public enum SubscriptionError {
    ENCODING_UNSUPPORTED(SubscriptionSchema.MODULE, Failure.INVALID_VALUE),
    FILTER_UNSUPPORTED(SubscriptionSchema.MODULE, Failure.INVALID_VALUE),
    INSUFFICIENT_RESOURCES(SubscriptionSchema.MODULE, Failure.TOO_MANY),
    NO_SUCH_SUBSCRIPTION(SubscriptionSchema.MODULE, Failure.NO_SUCH_RESOURCE),
    REPLAY_UNSUPPORTED(SubscriptionSchema.MODULE, Failure.NOT_SUPPORTED),
    CANT_EXCLUDE(SubscriptionSchema.PUSH_MODULE, Failure.NOT_SUPPORTED),
    DATASTORE_NOT_SUBSCRIBABLE(SubscriptionSchema.PUSH_MODULE, Failure.INVALID_VALUE),
    NO_SUCH_SUBSCRIPTION_RESYNC(SubscriptionSchema.PUSH_MODULE, Failure.NO_SUCH_RESOURCE),
    ON_CHANGE_UNSUPPORTED(SubscriptionSchema.PUSH_MODULE, Failure.NOT_SUPPORTED),
    ON_CHANGE_SYNC_UNSUPPORTED(SubscriptionSchema.PUSH_MODULE, Failure.NOT_SUPPORTED),
    PERIOD_UNSUPPORTED(SubscriptionSchema.PUSH_MODULE, Failure.INVALID_VALUE),
    UPDATE_TOO_BIG(SubscriptionSchema.PUSH_MODULE, Failure.ANSWER_TOO_BIG),
    SYNC_TOO_BIG(SubscriptionSchema.PUSH_MODULE, Failure.ANSWER_TOO_BIG),
    UNCHANGING_SELECTION(SubscriptionSchema.PUSH_MODULE, Failure.UNAVAILABLE),
    REVISION_UNSUPPORTED(ModuleVersions.MODULE, Failure.INVALID_VALUE),
    VERSION_UNSUPPORTED(ModuleVersions.MODULE, Failure.INVALID_VALUE);

    private final String module;
    private final Failure failure;

    SubscriptionError(String module, Failure failure) {
        this.module = module;
        this.failure = failure;
    }

    /**
     * A hint in the structure of an error (RFC 8641 §4.4.1).
     *
     * @param value a text or a number
     */
    public record Hint(String name, Object value) {}

    /** The identity, {@code module:name}. */
    String identity() {
        return module + ":" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True for an error of this identity. */
    boolean is(YangException fault) {
        return identity().equals(fault.first().appTag());
    }

    /** The error without structure; {@link #told} adds it. */
    public YangException because(String message, Hint... hints) {
        var info = new ArrayList<ErrorInfo>();
        for (var hint : hints) {
            info.add(new ErrorInfo("", hint.name(), hint.value()));
        }
        return new YangException(YangError.of(failure, message)
                .withType(ErrorType.APPLICATION)
                .withAppTag(identity())
                .withInfo(info.toArray(ErrorInfo[]::new)));
    }

    /**
     * An error of an operation with the yang-data structure that its module has for it; any other error as it is.
     *
     * @param module that defines the structure
     * @param structure its name, such as {@code establish-subscription-stream-error-info}
     */
    static YangException told(YangException fault, ModelContext model, String module, String structure) {
        var error = fault.first();
        var tag = error.appTag();
        var reason = tag == null ? null : model.identity(tag).orElse(null);
        if (reason == null) {
            return fault;
        }
        var namespace = model.module(module).orElseThrow().namespace();
        var members = new ArrayList<ErrorInfo>();
        members.add(new ErrorInfo(namespace, "reason", reason));
        error.info().forEach(i -> members.add(new ErrorInfo(namespace, i.name(), i.value())));
        return new YangException(
                List.of(error.withInfo(ErrorInfo.container(namespace, structure, List.copyOf(members)))));
    }
}

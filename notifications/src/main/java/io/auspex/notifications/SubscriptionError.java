package io.auspex.notifications;

import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.util.Locale;

/** The identities of errors about subscriptions, as error-app-tag with the error-tag of RFC 8640 §7 and RFC 8650 §3.3. */
enum SubscriptionError {
    DSCP_UNAVAILABLE(Failure.INVALID_VALUE),
    ENCODING_UNSUPPORTED(Failure.INVALID_VALUE),
    FILTER_UNSUPPORTED(Failure.INVALID_VALUE),
    INSUFFICIENT_RESOURCES(Failure.MESSAGE_TOO_BIG),
    NO_SUCH_SUBSCRIPTION(Failure.INVALID_VALUE),
    REPLAY_UNSUPPORTED(Failure.NOT_SUPPORTED);

    private final Failure failure;

    SubscriptionError(Failure failure) {
        this.failure = failure;
    }

    YangException because(String message) {
        return new YangException(YangError.of(failure, message)
                .withType(ErrorType.APPLICATION)
                .withAppTag("ietf-subscribed-notifications:"
                        + name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }
}

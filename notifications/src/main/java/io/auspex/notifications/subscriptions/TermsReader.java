package io.auspex.notifications.subscriptions;

import io.auspex.access.Principal;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the terms that a subscriber asks for, and says what is not offered (RFC 8639 §2.4.2, §2.4.3). */
final class TermsReader {
    private final Targets targets;
    private final InstantSource clock;

    TermsReader(Targets targets, InstantSource clock) {
        this.targets = targets;
        this.clock = clock;
    }

    /** The terms in the input of establish-subscription. */
    Terms of(InnerNode input, Subscriber subscriber) throws YangException {
        var stop = Targets.time(input, "stop-time");
        var encoding = encoding(input).orElse(subscriber.encoding());
        if (!subscriber.encodings().contains(encoding)) {
            throw SubscriptionError.ENCODING_UNSUPPORTED.because(
                    "encoding '" + encoding + "' is not offered here, but " + subscriber.encodings());
        }
        var grace = grace(input);
        if (!grace.isZero() && subscriber.uri(0).isEmpty()) {
            throw new YangException(Failure.INVALID_VALUE, "grace-period: this subscription ends with its session");
        }
        var target = targets.of(input, subscriber.principal());
        if (target instanceof Target.Datastore) {
            checkFuture(stop);
        }
        return new Terms(target, stop, encoding, ModuleVersions.wanted(input).orElse(List.of()), grace);
    }

    /** Terms with what the input of modify-subscription gives in place of what they have. */
    Terms modified(Terms terms, InnerNode input, Principal principal) throws YangException {
        var modified = terms.with(targets.modified(terms.target(), input, principal))
                .with(ModuleVersions.wanted(input).orElse(terms.modules()));
        var stop = Targets.time(input, "stop-time");
        checkFuture(stop);
        return stop == null ? modified : modified.with(stop);
    }

    private static Duration grace(InnerNode input) {
        return input.schema()
                .child(SubscriptionSchema.GRACE_MODULE, "grace-period")
                .flatMap(s -> input.child(s) instanceof LeafNode leaf ? Optional.of(leaf.value()) : Optional.empty())
                .map(v -> Duration.ofSeconds((Long) v))
                .orElse(Duration.ZERO);
    }

    private void checkFuture(@Nullable Instant stop) throws YangException {
        if (stop != null && !stop.isAfter(clock.instant())) {
            throw new YangException(Failure.INVALID_VALUE, "stop-time " + stop + " is not in the future");
        }
    }

    /** The name of the encoding that a node asks for, without that of its module. */
    static Optional<String> encoding(InnerNode node) {
        return node.value("encoding")
                .map(e -> e.toString().substring(e.toString().indexOf(':') + 1));
    }
}

package io.auspex.notifications.subscriptions;

import io.auspex.access.Principal;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Carries the notifications of configured subscriptions to receivers of one kind (RFC 8639 §2.5.7). */
public interface ReceiverTransport {
    /** The identity of the transport, {@code module:name}, as in the leaf {@code transport} of a subscription. */
    String identity();

    /** True for a {@code receiver-instance} of this kind. */
    boolean reaches(InnerNode instance);

    /**
     * What an instance refers to, for example certificates: when that is another, the receiver is reached in another way.
     *
     * @param running the root where that is
     */
    List<InnerNode> references(InnerNode instance, InnerNode running);

    /**
     * Tells when receivers come and go, so that nobody waits for the next attempt or the next event to see it; never where only
     * an attempt shows it.
     *
     * @param told which instances have come or gone; must not wait; from any thread
     */
    default void watch(Consumer<Predicate<InnerNode>> told) {}

    /**
     * Makes ready to send to a receiver; connects to nobody yet.
     *
     * @param running the root that the receiver may refer to, for example to certificates
     * @throws YangException when a receiver that is configured so cannot be reached
     */
    Channel open(InnerNode instance, InnerNode running) throws YangException;

    /** The way to one receiver, used by one thread at a time. */
    interface Channel extends AutoCloseable {
        /**
         * Connects, and learns what the receiver can take.
         *
         * @throws IOException it does not answer, or is not the one that it should be
         */
        Abilities connect() throws IOException, InterruptedException;

        /**
         * Sends a notification; returns when the receiver has it, or has refused it.
         *
         * @param encoding {@code encode-xml} or {@code encode-json}
         * @return false when the receiver refuses this notification, however often it would be sent
         * @throws IOException the receiver does not take it, or not in time
         */
        boolean send(Outgoing notification, String encoding) throws IOException, InterruptedException;

        /** True when it is known that nothing can be sent any more. */
        default boolean isLost() {
            return false;
        }

        @Override
        void close();
    }

    /**
     * What a receiver can take.
     *
     * @param encodings names of identities, the one to use if none is configured first
     * @param stateChanges whether it wants to hear of the subscription itself (RFC 8639 §2.7)
     * @param user whose rights count, where the receiver has logged in; else those of its name count
     */
    record Abilities(Set<String> encodings, boolean stateChanges, Optional<Principal> user) {
        /** Those of a receiver that does not log in. */
        public Abilities(Set<String> encodings, boolean stateChanges) {
            this(encodings, stateChanges, Optional.empty());
        }
    }
}

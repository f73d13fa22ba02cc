package io.auspex.notifications;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.DataPath;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event as a YANG notification (RFC 5277 §2.2.1, RFC 7950 §7.16); its encoded forms are made once for all receivers. */
public final class Notification {
    private final Instant eventTime;
    private final @Nullable DataPath parent;
    private final InnerNode content;
    private final ConcurrentHashMap<String, byte[]> encoded = new ConcurrentHashMap<>(2);

    /**
     * A notification at the top level of its module.
     *
     * @param eventTime when it happened
     * @param content immutable, its schema node of kind notification
     */
    public Notification(Instant eventTime, InnerNode content) {
        this(eventTime, null, content);
    }

    /**
     * A notification in the data tree.
     *
     * @param eventTime when it happened
     * @param parent the data node that it belongs to; null at the top level
     * @param content immutable, its schema node of kind notification
     */
    public Notification(Instant eventTime, @Nullable DataPath parent, InnerNode content) {
        this.eventTime = Objects.requireNonNull(eventTime);
        this.parent = parent;
        this.content = Objects.requireNonNull(content);
    }

    public Instant eventTime() {
        return eventTime;
    }

    /** The data node that the notification belongs to; empty at the top level. */
    public Optional<DataPath> parent() {
        return Optional.ofNullable(parent);
    }

    public InnerNode content() {
        return content;
    }

    /** The root of a data tree that has this notification alone, below the data nodes that it is tied to. */
    public InnerNode tree() {
        return EventTree.root(parent, content);
    }

    /**
     * The whole message in an encoding, made by the first who asks and shared by all: it must not be altered.
     *
     * @param encoding the name of the form, for example {@code rfc8040-json}
     * @param encoder makes the form
     */
    public byte[] encoded(String encoding, Function<Notification, byte[]> encoder) {
        var form = encoded.get(encoding);
        if (form == null) {
            // Not by computeIfAbsent: an encoder may ask for another form of the same event.
            synchronized (encoded) {
                form = encoded.get(encoding);
                if (form == null) {
                    form = encoder.apply(this);
                    encoded.put(encoding, form);
                }
            }
        }
        return form;
    }

    @Override
    public String toString() {
        return eventTime + " " + content;
    }
}

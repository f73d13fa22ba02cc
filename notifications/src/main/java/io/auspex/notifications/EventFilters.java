package io.auspex.notifications;

import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.YangException;
import java.util.function.Predicate;

/** Makes the filters that subscribers write (RFC 8639 §2.2). */
public interface EventFilters {
    /**
     * An XPath 1.0 expression over {@link Notification#tree()}.
     *
     * @throws YangException when it cannot be read or is too complex
     */
    Predicate<Notification> xpath(String expression) throws YangException;

    /**
     * A subtree filter (RFC 6241 §6).
     *
     * @throws YangException when it cannot be read or is too complex
     */
    Predicate<Notification> subtree(OpaqueNode filter) throws YangException;
}

package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.NOTIFICATION;

import io.auspex.netconfprotocol.MessageHead;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfprotocol.XmlInput;
import io.auspex.yang.InputLimits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A notification about a subscription (RFC 8639 §2.7, RFC 8641 §3.7); what a device leaves out is null or empty.
 *
 * @param eventTime by the device's clock, as it stands there
 * @param name of the notification, such as {@code push-update}
 * @param id of the subscription
 * @param reason why a subscription was suspended or terminated, without its prefix
 * @param edits of a push-change-update, in its order
 */
record PushMessage(
        @Nullable String eventTime,
        String name,
        @Nullable String id,
        @Nullable String reason,
        @Nullable String patchId,
        boolean incomplete,
        List<Edit> edits) {
    /** One change (RFC 8072 §2.5); the value stands for the element that is inside it. */
    record Edit(String operation, String target, @Nullable XmlElement value) {}

    /**
     * Reads all but the contents of a push-update, which may be large: {@link #contents} finds in them what is wanted.
     *
     * @throws ProtocolException the message is not well-formed
     */
    static PushMessage read(byte[] message, InputLimits limits) throws ProtocolException {
        try {
            return new Reading(XmlInput.open(message, limits)).message();
        } catch (XMLStreamException e) {
            throw ProtocolException.of(e);
        }
    }

    /** What the contents of a push-update hold of a tree of paths. */
    static PathMatcher contents(byte[] message, InputLimits limits, PathTree.Node root) throws ProtocolException {
        var matcher = new PathMatcher(root);
        try {
            var in = XmlInput.open(message, limits);
            MessageHead.read(in);
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                if (in.getLocalName().equals("push-update")) {
                    while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                        if (in.getLocalName().equals("datastore-contents")) {
                            matcher.walk(in);
                        } else {
                            PathMatcher.skip(in);
                        }
                    }
                } else {
                    PathMatcher.skip(in);
                }
            }
        } catch (XMLStreamException e) {
            throw ProtocolException.of(e);
        }
        return matcher;
    }

    /** When the device sent it, by its clock; empty where it says nothing that is a time. */
    Optional<Instant> sentAt() {
        try {
            return Optional.ofNullable(eventTime)
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What has been read so far. */
    private static final class Reading {
        private final XMLStreamReader in;
        private @Nullable String eventTime;
        private String name = "";
        private @Nullable String id;
        private @Nullable String reason;
        private @Nullable String patchId;
        private boolean incomplete;
        private final List<Edit> edits = new ArrayList<>(1);

        Reading(XMLStreamReader in) {
            this.in = in;
        }

        PushMessage message() throws XMLStreamException, ProtocolException {
            MessageHead.read(in);
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                if (NOTIFICATION.equals(in.getNamespaceURI())
                        && in.getLocalName().equals("eventTime")) {
                    eventTime = text();
                } else if (name.isEmpty()) {
                    name = in.getLocalName();
                    body();
                } else {
                    PathMatcher.skip(in);
                }
            }
            return new PushMessage(eventTime, name, id, reason, patchId, incomplete, edits);
        }

        private void body() throws XMLStreamException {
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (in.getLocalName()) {
                    case "id" -> id = text();
                    case "reason" -> reason = withoutPrefix(text());
                    case "incomplete-update" -> {
                        incomplete = true;
                        PathMatcher.skip(in);
                    }
                    case "datastore-changes" -> changes();
                    default -> PathMatcher.skip(in);
                }
            }
        }

        private void changes() throws XMLStreamException {
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (in.getLocalName()) {
                    case "yang-patch" -> changes();
                    case "patch-id" -> patchId = text();
                    case "edit" -> edit();
                    default -> PathMatcher.skip(in);
                }
            }
        }

        private void edit() throws XMLStreamException {
            var operation = "";
            var target = "";
            XmlElement value = null;
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (in.getLocalName()) {
                    case "operation" -> operation = text();
                    case "target" -> target = text();
                    case "value" -> value = XmlElement.read(in);
                    default -> PathMatcher.skip(in);
                }
            }
            edits.add(new Edit(operation, target, value));
        }

        /** The text of a leaf; of an element that is no leaf nothing, so that what needs it is left out. */
        private String text() throws XMLStreamException {
            var text = new StringBuilder();
            for (var depth = 1; depth > 0; ) {
                switch (in.next()) {
                    case XMLStreamConstants.START_ELEMENT -> depth++;
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (depth == 1) {
                            text.append(in.getText());
                        }
                    }
                    default -> {}
                }
            }
            return text.toString().strip();
        }

        private static String withoutPrefix(String identity) {
            return identity.substring(identity.indexOf(':') + 1);
        }
    }
}

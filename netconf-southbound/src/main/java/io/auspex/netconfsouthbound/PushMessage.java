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
import java.util.Map;
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
 * @param contents what a push-update has of what is wanted; null where it is of no known subscription
 */
record PushMessage(
        @Nullable String eventTime,
        String name,
        @Nullable String id,
        @Nullable String reason,
        @Nullable String patchId,
        boolean incomplete,
        List<Edit> edits,
        @Nullable PathMatcher contents) {
    /**
     * One change (RFC 8072 §2.5) of what is wanted.
     *
     * @param found in its value; null where it has none
     */
    record Edit(
            String operation,
            PushTargets.Place place,
            @Nullable Map<MetricPath, MetricReading> found) {}

    /** What is wanted of the values that a subscription tells. */
    interface Wanted {
        /** By the id of the subscription; null for one that is not known. */
        @Nullable
        PushTargets of(String id);
    }

    /**
     * Reads a message in one pass, and of its values what is wanted. Should the values stand before the id that says whose they
     * are, it is read once more.
     *
     * @throws ProtocolException the message is no well-formed notification
     */
    static PushMessage read(byte[] message, InputLimits limits, Wanted wanted) throws ProtocolException {
        try {
            var reading = new Reading(XmlInput.open(message, limits), wanted, null);
            var read = reading.message();
            return reading.hasSkippedValues && read.id != null
                    ? new Reading(XmlInput.open(message, limits), wanted, read.id).message()
                    : read;
        } catch (XMLStreamException e) {
            throw ProtocolException.of(e);
        }
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
        private final Wanted wanted;
        boolean hasSkippedValues;
        private @Nullable PushTargets targets;
        private @Nullable PathMatcher contents;
        private @Nullable String eventTime;
        private String name = "";
        private @Nullable String id;
        private @Nullable String reason;
        private @Nullable String patchId;
        private boolean incomplete;
        private final List<Edit> edits = new ArrayList<>(1);

        Reading(XMLStreamReader in, Wanted wanted, @Nullable String knownId) {
            this.in = in;
            this.wanted = wanted;
            if (knownId != null) {
                identify(knownId);
            }
        }

        private void identify(String itsId) {
            id = itsId;
            targets = wanted.of(itsId);
        }

        PushMessage message() throws XMLStreamException, ProtocolException {
            MessageHead.expect(MessageHead.Kind.NOTIFICATION, in);
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
            XmlInput.finish(in);
            return new PushMessage(eventTime, name, id, reason, patchId, incomplete, edits, contents);
        }

        private void body() throws XMLStreamException {
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (in.getLocalName()) {
                    case "id" -> {
                        if (id == null) {
                            identify(text());
                        } else {
                            PathMatcher.skip(in);
                        }
                    }
                    case "reason" -> reason = withoutPrefix(text());
                    case "incomplete-update" -> {
                        incomplete = true;
                        PathMatcher.skip(in);
                    }
                    case "datastore-changes" -> values(this::changes);
                    case "datastore-contents" -> values(this::contents);
                    default -> PathMatcher.skip(in);
                }
            }
        }

        private void values(Part part) throws XMLStreamException {
            if (targets == null) {
                hasSkippedValues |= id == null;
                PathMatcher.skip(in);
            } else {
                part.read(targets);
            }
        }

        private interface Part {
            void read(PushTargets targets) throws XMLStreamException;
        }

        private void contents(PushTargets targets) throws XMLStreamException {
            contents = new PathMatcher(targets.root());
            contents.walk(in);
        }

        private void changes(PushTargets targets) throws XMLStreamException {
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (in.getLocalName()) {
                    case "yang-patch" -> changes(targets);
                    case "patch-id" -> patchId = text();
                    case "edit" -> edit(targets);
                    default -> PathMatcher.skip(in);
                }
            }
        }

        private void edit(PushTargets targets) throws XMLStreamException {
            var operation = "";
            PushTargets.Place place = null;
            XmlElement early = null;
            PathMatcher found = null;
            while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (in.getLocalName()) {
                    case "operation" -> operation = text();
                    case "target" -> place = targets.find(text()).orElse(null);
                    case "value" -> {
                        if (place == null) {
                            early = XmlElement.readWithoutMixedText(in);
                        } else {
                            found = new PathMatcher(place.node());
                            found.walk(in, place);
                        }
                    }
                    default -> PathMatcher.skip(in);
                }
            }
            if (place != null) {
                if (found == null && early != null) {
                    found = new PathMatcher(place.node());
                    found.match(early, place);
                }
                edits.add(new Edit(operation, place, found == null ? null : found.found()));
            }
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

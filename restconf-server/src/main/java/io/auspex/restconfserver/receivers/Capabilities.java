package io.auspex.restconfserver.receivers;

import io.auspex.notifications.subscriptions.ReceiverTransport;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.XmlInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** What a receiver says that it can take (draft-ietf-netconf-https-notif §3); what is not known is ignored. */
final class Capabilities {
    static final String XML = "encode-xml";
    static final String JSON = "encode-json";

    /** Of a receiver that says nothing. */
    static final ReceiverTransport.Abilities ANY =
            new ReceiverTransport.Abilities(new LinkedHashSet<>(List.of(JSON, XML)), true);

    private static final String MEMBER = "receiver-capability";

    /** The registry of the draft, and its examples. */
    private static final List<String> PREFIXES =
            List.of("urn:ietf:params:yang-notif:https-capability:", "urn:ietf:capability:https-notif-receiver:");

    private static final JsonFactory FACTORY = new JsonFactory();

    private Capabilities() {}

    /**
     * Reads the answer of a receiver.
     *
     * @throws IOException when it cannot be understood
     */
    static ReceiverTransport.Abilities read(byte[] answer, String mediaType) throws IOException {
        Set<String> known = new LinkedHashSet<>();
        for (var capability : mediaType.contains("xml") ? xml(answer) : json(answer)) {
            for (var prefix : PREFIXES) {
                if (capability.startsWith(prefix)) {
                    known.add(capability.substring(prefix.length()));
                }
            }
        }
        var encodings = new LinkedHashSet<String>();
        if (known.contains("encoding:json")) {
            encodings.add(JSON);
        }
        if (known.contains("encoding:xml")) {
            encodings.add(XML);
        }
        return new ReceiverTransport.Abilities(encodings, known.contains("sub-notif"));
    }

    private static List<String> json(byte[] answer) throws IOException {
        var found = new ArrayList<String>();
        try (var in = FACTORY.createParser(answer)) {
            var member = "";
            for (var token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    member = in.currentName();
                } else if (token == JsonToken.VALUE_STRING && MEMBER.equals(member)) {
                    found.add(in.getString());
                }
            }
        } catch (JacksonException e) {
            throw new IOException("the receiver's capabilities are no JSON: " + e.getOriginalMessage(), e);
        }
        return found;
    }

    private static List<String> xml(byte[] answer) throws IOException {
        var found = new ArrayList<String>();
        try {
            var in = XmlInput.open(answer, InputLimits.DEFAULT);
            while (in.hasNext()) {
                if (in.next() == XMLStreamConstants.START_ELEMENT
                        && in.getLocalName().equals(MEMBER)) {
                    found.add(in.getElementText().strip());
                }
            }
            in.close();
        } catch (XMLStreamException e) {
            throw new IOException("the receiver's capabilities are no XML: " + e.getMessage(), e);
        }
        return found;
    }
}

package io.auspex.netconfserver.txid;

import io.auspex.datastore.Versions;
import io.auspex.netconfprotocol.XmlAttribute;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.yang.codec.Annotation;
import io.auspex.yang.codec.Txid;
import io.auspex.yang.schema.ModuleInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How the version of a node is written as a txid: as entity-tag, the one that RESTCONF gives in XML, or as a time. */
public enum TxidMechanism {
    ETAG("etag") {
        @Override
        public String text(long version) {
            return Long.toString(version, RADIX) + "-x";
        }

        @Override
        OptionalLong parse(String txid) {
            return OptionalLong.of(Long.parseLong(txid.substring(0, Math.max(0, txid.indexOf('-'))), RADIX));
        }
    },
    LAST_MODIFIED("last-modified") {
        @Override
        public String text(long version) {
            return Versions.time(version).toString();
        }

        @Override
        OptionalLong parse(String txid) {
            return OptionalLong.of(ChronoUnit.MICROS.between(
                    Instant.EPOCH, OffsetDateTime.parse(txid).toInstant()));
        }
    };

    /** The prefix of the attributes, and their namespace, which is not that of the module. */
    public static final ModuleInfo ATTRIBUTES =
            new ModuleInfo("ietf-netconf-txid", Txid.NAMESPACE, "txid", "2023-03-01");

    /** The namespace of the module, whose leafs ask for txids in the reply to an edit. */
    public static final String MODULE = "urn:ietf:params:xml:ns:yang:ietf-netconf-txid";

    static final String MATCH = "=";
    static final String UNKNOWN = "!";
    private static final int RADIX = 36;

    private final String attribute;

    TxidMechanism(String attribute) {
        this.attribute = attribute;
    }

    /** The txid of a committed version. */
    public abstract String text(long version);

    abstract OptionalLong parse(String txid);

    /** The local name of its attribute. */
    public String attribute() {
        return attribute;
    }

    /** The version that a client names; empty for a txid that was never given out, such as {@code ?}. */
    OptionalLong version(String txid) {
        try {
            return parse(txid.strip());
        } catch (NumberFormatException | ArithmeticException | DateTimeException _) {
            return OptionalLong.empty();
        }
    }

    /** The txid of a version; empty for what is not committed yet. */
    String shown(OptionalLong version) {
        return version.isPresent() ? text(version.getAsLong()) : UNKNOWN;
    }

    Annotation annotation(String txid) {
        return new Annotation(ATTRIBUTES, attribute, txid);
    }

    /** That of an attribute's name. */
    static Optional<TxidMechanism> named(String attribute) {
        return Stream.of(values()).filter(m -> m.attribute.equals(attribute)).findFirst();
    }

    /** An element {@code ok} that tells the version of a datastore; empty for one that is not committed. */
    public XmlElement ok(String namespace, OptionalLong version) {
        return XmlElement.of(namespace, "ok")
                .withPrefix(ATTRIBUTES.prefix(), ATTRIBUTES.namespace())
                .with(new XmlAttribute(ATTRIBUTES.namespace(), attribute, shown(version)));
    }
}

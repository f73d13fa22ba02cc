package io.auspex.yang.codec;

import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;

/** Text where only elements may stand: well-formed XML, yet no YANG data (RFC 7950 §7.5.7, §7.10). */
public final class UnexpectedText extends XMLStreamException {
    private static final long serialVersionUID = 1L;

    public UnexpectedText(String message, Location where) {
        super(message);
        this.location = where;
    }
}

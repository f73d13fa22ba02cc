package io.auspex.yang.codec;

import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** A rule of {@link XmlInput} is broken; the failure says whether by size or by form. */
public final class XmlRefused extends XMLStreamException {
    private static final long serialVersionUID = 1L;
    private static final Pattern PARSER_LIMIT =
            Pattern.compile("limit \\([0-9]+\\) exceeded", Pattern.CASE_INSENSITIVE);
    private static final int SHOWN = 300;

    private final Failure failure;

    XmlRefused(Failure failure, String message, @Nullable Location where) {
        super(message);
        this.failure = failure;
        this.location = where;
    }

    /** {@link Failure#MESSAGE_TOO_BIG} or {@link Failure#MALFORMED}. */
    public Failure failure() {
        return failure;
    }

    /** A fault of the parser as its peer may see it: one line with the place, nothing of the inside. */
    public static YangException describe(XMLStreamException fault) {
        if (fault.getNestedException() instanceof StrictUtf8.Refused refused) {
            return new YangException(refused.failure(), String.valueOf(refused.getMessage()));
        }
        var text = String.valueOf(fault.getMessage());
        var line = text.lines().findFirst().orElse("");
        var tooBig = fault instanceof XmlRefused refused
                ? refused.failure
                : PARSER_LIMIT.matcher(line).find() ? Failure.MESSAGE_TOO_BIG : Failure.MALFORMED;
        var at = fault.getLocation();
        var where = at == null || at.getLineNumber() < 0
                ? "not acceptable XML: "
                : "not acceptable XML at line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ": ";
        return new YangException(tooBig, where + (line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…"));
    }
}

package io.auspex.netconfprotocol;

/** How messages are delimited on the transport: RFC 6242 §4.3 (end-of-message) and §4.2 (chunked). */
public enum Framing {
    /** Every message is followed by {@code ]]>]]>}; used for both hellos and by base:1.0 sessions. */
    END_OF_MESSAGE,
    /** Every message is a sequence of {@code LF # size LF data} chunks ended by {@code LF ## LF}; used by base:1.1 sessions. */
    CHUNKED
}

package io.auspex.netconfprotocol;

/**
 * An attribute of an {@link XmlElement}.
 *
 * @param namespace empty for an attribute without a prefix
 */
public record XmlAttribute(String namespace, String name, String value) {}

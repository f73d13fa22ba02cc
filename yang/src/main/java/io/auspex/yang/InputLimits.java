package io.auspex.yang;

/**
 * The limits on foreign input, XML and JSON alike. Every parser of the project takes them from here.
 *
 * @param messageBytes largest message or body
 * @param depth deepest nesting of elements, objects and arrays
 * @param attributes most attributes of one XML element
 * @param namespaces most namespace declarations of one XML element
 * @param nameBytes longest element, attribute or member name
 * @param attributeBytes longest attribute value
 * @param textBytes longest text or string
 * @param numberDigits longest JSON number
 * @param elements most elements or members of one message
 */
public record InputLimits(
        int messageBytes,
        int depth,
        int attributes,
        int namespaces,
        int nameBytes,
        int attributeBytes,
        int textBytes,
        int numberDigits,
        int elements) {
    public static final InputLimits DEFAULT =
            new InputLimits(16 << 20, 256, 64, 128, 1 << 10, 64 << 10, 16 << 20, 64, 1_000_000);
}

package io.auspex.yang.schema;

/** The one value of type empty (RFC 7950 §9.11). */
public enum Empty {
    VALUE;

    @Override
    public String toString() {
        return "";
    }
}

package io.auspex.history;

/** The key of a subservice. */
public record NodeKey(String type, String id) {
    @Override
    public String toString() {
        return type + "[" + id + "]";
    }
}

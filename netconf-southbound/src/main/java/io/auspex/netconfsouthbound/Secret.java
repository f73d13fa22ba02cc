package io.auspex.netconfsouthbound;

/** A password or private key that never prints itself. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}

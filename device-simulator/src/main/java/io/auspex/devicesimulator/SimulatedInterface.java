package io.auspex.devicesimulator;

/**
 * An interface that a device has.
 *
 * @param type an identity of iana-if-type, such as {@code ethernetCsmacd}
 * @param ifIndex 1 or more
 * @param speed bits per second
 * @param load share of the speed that is in use in each direction, 0 to 1
 */
public record SimulatedInterface(String name, String type, int ifIndex, long speed, double load) {
    public SimulatedInterface {
        if (name.isEmpty() || ifIndex < 1 || speed < 1 || !(load >= 0 && load <= 1)) {
            throw new IllegalArgumentException("interface '" + name + "': if-index " + ifIndex + ", speed " + speed
                    + ", load " + load + "; expected a name, 1 or more, 1 or more, 0 to 1");
        }
    }

    /** An Ethernet interface of 10 Gbit/s with a fifth of it in use. */
    public static SimulatedInterface ethernet(String name, int ifIndex) {
        return new SimulatedInterface(name, "ethernetCsmacd", ifIndex, 10_000_000_000L, 0.2);
    }

    /** A tunnel of 1 Gbit/s with a tenth of it in use. */
    public static SimulatedInterface tunnel(String name, int ifIndex) {
        return new SimulatedInterface(name, "tunnel", ifIndex, 1_000_000_000L, 0.1);
    }
}

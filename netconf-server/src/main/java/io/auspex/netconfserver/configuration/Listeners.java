package io.auspex.netconfserver.configuration;

import io.auspex.netconfserver.Door;
import io.auspex.netconfserver.configuration.ServerSettings.Endpoint;
import io.auspex.netconfserver.configuration.TransportSettings.Ssh;
import io.auspex.netconfserver.configuration.TransportSettings.Tls;
import io.auspex.netconfserver.configuration.TransportSettings.Unusable;
import io.auspex.netconfserver.ssh.SshEndpoint;
import io.auspex.netconfserver.ssh.SshTransport;
import io.auspex.netconfserver.tls.TlsEndpoint;
import io.auspex.netconfserver.tls.TlsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses that the server listens at. An address that is not wanted any more is given up only when those that are wanted
 * instead are there: an endpoint that cannot be opened leaves its old addresses open, and the last open one stays.
 */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final Duration BETWEEN_SWAPS = Duration.ofMinutes(1);

    private final SshTransport ssh;
    private final TlsServer tls;
    private final InstantSource clock;
    private final Map<String, Listener> all = new TreeMap<>();

    /** What a listener has to do with the configuration. */
    enum Status {
        /** It listens as configured. */
        UP,
        /** It listens where it did before, since where it is configured to it cannot. */
        PREVIOUS,
        /** It does not listen. */
        DOWN
    }

    /**
     * How an endpoint stands.
     *
     * @param addresses with the ports that are listened on
     * @param lastError why it does not listen as configured; null when it does
     */
    record State(
            Status status,
            List<InetSocketAddress> addresses,
            @Nullable String lastError,
            Instant since) {}

    Listeners(SshTransport ssh, TlsServer tls, InstantSource clock) {
        this.ssh = ssh;
        this.tls = tls;
        this.clock = clock;
    }

    /** One endpoint and the doors that are open for it, by transport and address as configured. */
    private final class Listener {
        private final String name;
        private Endpoint wanted;

        /** What holds for new connections over each transport, also at doors that are not wanted any more. */
        private volatile @Nullable SshEndpoint sshEndpoint;

        private volatile @Nullable TlsEndpoint tlsEndpoint;
        private final Map<Place, Door> doors = new TreeMap<>();
        private List<Place> swappedFor = List.of();
        private Instant swappedAt = Instant.EPOCH;
        private State state = new State(Status.DOWN, List.of(), null, clock.instant());

        Listener(String name, Endpoint wanted) {
            this.name = name;
            this.wanted = wanted;
        }

        void want(Endpoint endpoint) {
            wanted = endpoint;
            switch (endpoint.transport()) {
                case Ssh(var now) -> sshEndpoint = now;
                case Tls(var now) -> tlsEndpoint = now;
                case Unusable(var _) -> {}
            }
        }

        List<Place> places() {
            return wanted.transport() instanceof Unusable
                    ? List.of()
                    : wanted.addresses().stream()
                            .map(a -> new Place(wanted.transport() instanceof Ssh, a))
                            .toList();
        }

        Door open(Place place) throws IOException {
            return place.ssh()
                    ? ssh.listen(place.address(), () -> Objects.requireNonNull(sshEndpoint))
                    : tls.listen(place.address(), () -> Objects.requireNonNull(tlsEndpoint));
        }

        /** Opens what is missing; tells the first reason why it cannot. */
        @Nullable
        String open() {
            if (wanted.transport() instanceof Unusable(var why)) {
                return why;
            }
            for (var place : places()) {
                if (!doors.containsKey(place)) {
                    try {
                        doors.put(place, open(place));
                    } catch (IOException | RuntimeException e) {
                        return place.address().getAddress().getHostAddress() + ":"
                                + place.address().getPort() + " cannot be listened at: " + e.getMessage();
                    }
                }
            }
            return null;
        }

        /** True when doors on the same port may be closed to open this one: at once, and once a minute where that did not help. */
        boolean maySwap() {
            var now = clock.instant();
            if (places().equals(swappedFor) && now.isBefore(swappedAt.plus(BETWEEN_SWAPS))) {
                return false;
            }
            swappedFor = places();
            swappedAt = now;
            return true;
        }

        List<Place> surplus() {
            var wantedPlaces = all.get(name) == this ? places() : List.<Place>of();
            return doors.keySet().stream()
                    .filter(p -> !wantedPlaces.contains(p))
                    .toList();
        }

        void close(Place place) {
            var door = doors.remove(place);
            if (door != null) {
                door.close();
            }
        }

        void note(@Nullable String error) {
            var status = error == null ? Status.UP : doors.isEmpty() ? Status.DOWN : Status.PREVIOUS;
            var addresses = doors.values().stream().map(Door::address).toList();
            if (status != state.status()
                    || !addresses.equals(state.addresses())
                    || !Objects.equals(error, state.lastError())) {
                state = new State(status, addresses, error, clock.instant());
                (error == null ? LOG.atInfo() : LOG.atError())
                        .addKeyValue("endpoint", name)
                        .addKeyValue("addresses", addresses)
                        .log(error == null ? "listening" : error);
            }
        }
    }

    /** An address of one transport. */
    private record Place(boolean ssh, InetSocketAddress address) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return toString().compareTo(other.toString());
        }
    }

    /** Makes the endpoints those that are wanted. */
    synchronized void apply(Map<String, Endpoint> wanted) {
        var before = List.copyOf(all.values());
        all.keySet().retainAll(wanted.keySet());
        wanted.forEach((name, endpoint) -> {
            all.computeIfAbsent(name, n -> new Listener(n, endpoint)).want(endpoint);
        });
        var errors = new TreeMap<String, String>();
        for (var listener : all.values()) {
            var error = listener.open();
            if (error != null) {
                var again = listener.maySwap() ? openInPlaceOf(listener, before) : error;
                if (again != null) {
                    errors.put(listener.name, again);
                }
            }
        }
        giveUp(before, errors);
        all.values().forEach(l -> l.note(errors.get(l.name)));
    }

    /** Opens a listener where others on the same port have to go first; these come back when that does not help. */
    private @Nullable String openInPlaceOf(Listener listener, List<Listener> before) {
        var ports = listener.places().stream().map(p -> p.address().getPort()).toList();
        var gone = new ArrayList<Runnable>();
        for (var other : before) {
            for (var place : other.surplus()) {
                if (ports.contains(place.address().getPort())) {
                    other.close(place);
                    gone.add(() -> reopen(other, place));
                }
            }
        }
        var error = listener.open();
        if (error != null) {
            gone.forEach(Runnable::run);
        }
        return error;
    }

    private static void reopen(Listener listener, Place place) {
        try {
            listener.doors.put(place, listener.open(place));
        } catch (IOException e) {
            LOG.atError().addKeyValue("endpoint", listener.name).setCause(e).log("not opened again");
        }
    }

    private void giveUp(List<Listener> before, Map<String, String> errors) {
        var opened = all.values().stream().anyMatch(l -> !errors.containsKey(l.name) && !l.doors.isEmpty());
        for (var listener : before) {
            var removed = all.get(listener.name) != listener;
            if (removed ? opened || errors.isEmpty() : !errors.containsKey(listener.name)) {
                listener.surplus().forEach(listener::close);
            } else if (removed && !listener.doors.isEmpty()) {
                keepLast(listener, errors);
            }
        }
    }

    /** No endpoint of the new configuration could be opened: one that it does not have any more stays. */
    private void keepLast(Listener listener, Map<String, String> errors) {
        all.put(listener.name, listener);
        errors.put(listener.name, "removed, but kept open since no endpoint that is configured can be opened");
    }

    /** How the endpoints stand, by name. */
    synchronized Map<String, State> states() {
        var states = new TreeMap<String, State>();
        all.forEach((name, listener) -> states.put(name, listener.state));
        return states;
    }

    /** Where connections of one transport are taken. */
    synchronized List<InetSocketAddress> addresses(boolean overSsh) {
        return all.values().stream()
                .flatMap(l -> l.doors.entrySet().stream())
                .filter(d -> d.getKey().ssh() == overSsh)
                .map(d -> d.getValue().address())
                .toList();
    }

    synchronized boolean hasFailed() {
        return all.values().stream().anyMatch(l -> l.state.status() != Status.UP);
    }
}

package io.auspex.notifications.subscriptions;

import io.auspex.notifications.Events;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.yang.error.YangException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A simulation of publisher and receivers in one thread, whose every step follows from its seed. */
final class Soak implements AutoCloseable {
    private static final Duration DAY = Duration.ofHours(24);
    private static final int DAY_EVENTS = 1_000_000;
    private static final Duration STEP = DAY.dividedBy(DAY_EVENTS);
    private static final int MOST_RECEIVERS = 24;
    private static final int CHANGE_EVERY = 200;
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String UNITS =
            "'yp:datastore':'ietf-datastores:running','yp:datastore-xpath-filter':'/plant:plant/unit'";

    private final SplittableRandom random;
    private final Plant plant;
    private final Plant.Caller caller = new Plant.Caller("ann");
    private final Plant.Taking witness;
    private final List<Guest> guests = new ArrayList<>();
    private final CRC32C trace = new CRC32C();
    private final List<String> wrong = new ArrayList<>();
    private long deliveries;
    private long came;
    private long ended;
    private Instant nextLook = Events.START;

    /**
     * What a run left.
     *
     * @param trace of all that receivers got and when
     * @param wrong what receivers should not have got
     */
    record Outcome(
            int events,
            Duration simulated,
            long receivers,
            long ended,
            long deliveries,
            long trace,
            long heapAtStart,
            long heapAtEnd,
            List<String> wrong) {}

    Soak(long seed, Path folder) throws YangException {
        random = new SplittableRandom(seed);
        plant = new Plant(folder, Integer.MAX_VALUE);
        witness = plant.establish(plant.bob, "{" + UNITS + ",'yp:on-change':{'sync-on-start':false}}");
    }

    /** A receiver with what it knows of its subscription. */
    private static final class Guest {
        final DynamicSubscription subscription;
        DynamicSubscription.@Nullable Connection connection;
        final boolean resumes;
        long last;
        String lastId = "";
        int stalledFor;

        Guest(DynamicSubscription subscription, DynamicSubscription.Connection connection, boolean resumes) {
            this.subscription = subscription;
            this.connection = connection;
            this.resumes = resumes;
        }
    }

    Outcome run(int events) throws Exception {
        var warm = events / 4;
        var heapAtStart = 0L;
        for (var n = 1; n <= events; n++) {
            plant.clock.pass(STEP);
            plant.stream.publish(Events.tick(plant.clock.instant(), n));
            if (n % CHANGE_EVERY == 0) {
                change(n);
            }
            step(n);
            if (n == warm) {
                heapAtStart = heap();
            }
        }
        var heapAtEnd = heap();
        return new Outcome(
                events,
                Duration.between(Events.START, plant.clock.instant()),
                came,
                ended,
                deliveries,
                trace.getValue(),
                heapAtStart,
                heapAtEnd,
                List.copyOf(wrong));
    }

    /** Changes the datastore, and waits until that can be told. */
    private void change(int n) throws Exception {
        var unit = random.nextInt(8);
        plant.put("/plant:plant/unit[id='u" + unit + "']", "{'plant:unit':[{'id':'u" + unit + "','power':" + n + "}]}");
        if (!witness.next().contains("power':" + n)) {
            wrong.add("change " + n + " was not told");
        }
    }

    private void step(int n) throws Exception {
        if (!plant.clock.instant().isBefore(nextLook)) {
            nextLook = plant.clock.instant().plusSeconds(1);
            plant.subscriptions.lookAfter();
        }
        if (guests.isEmpty() || guests.size() < MOST_RECEIVERS && random.nextInt(50) == 0) {
            come(n);
        }
        for (var guest : List.copyOf(guests)) {
            if (guest.stalledFor > 0) {
                guest.stalledFor--;
            } else if (random.nextInt(4) == 0) {
                act(guest, n);
            }
        }
    }

    private void come(int n) throws Exception {
        came++;
        var kind = random.nextInt(6);
        var resumes = kind == 4 || kind == 5;
        var terms = switch (kind) {
            case 0 -> "'stream':'NETCONF'";
            case 1 -> "'stream':'NETCONF','stream-xpath-filter':'/events:tick[n mod 7 = 0]'";
            case 2 -> UNITS + ",'yp:on-change':{'dampening-period':" + random.nextInt(300) + "}";
            case 3 -> UNITS + ",'yp:periodic':{'period':" + (10 + random.nextInt(1_000)) + "}";
            case 4 -> "'stream':'NETCONF','auspex-subscriptions:grace-period':30";
            default -> {
                var back = Duration.ofSeconds(1 + random.nextInt(60));
                var start = plant.clock.instant().minus(back);
                yield "'stream':'NETCONF','auspex-subscriptions:grace-period':30,'replay-start-time':'" + start + "'";
            }
        };
        var taking = plant.establish(caller, "{" + terms + "}");
        var guest = new Guest(taking.subscription(), taking.connection(), resumes);
        caller.got().clear();
        guests.add(guest);
        if (kind == 5) {
            // What is replayed may have to be waited for; where it ends is marked.
            while (!take(guest, n, WAIT).equals("replay-completed")) {
                if (guest.connection == null) {
                    wrong.add("a replay ended");
                    break;
                }
            }
        }
    }

    private void act(Guest guest, int n) throws Exception {
        switch (random.nextInt(400)) {
            case 0 -> {
                guest.subscription.close();
                gone(guest);
            }
            case 1 -> guest.stalledFor = random.nextInt(8_000);
            case 2, 3, 4 -> reconnect(guest);
            default -> drain(guest, n);
        }
    }

    private void drain(Guest guest, int n) throws Exception {
        while (!take(guest, n, Duration.ZERO).isEmpty()) {
            deliveries++;
        }
    }

    /** Takes one notification; the name of it, empty for none. */
    private String take(Guest guest, int n, Duration timeout) throws InterruptedException {
        var connection = guest.connection;
        if (connection == null) {
            return "";
        }
        try {
            var next = connection.next(timeout);
            if (next == null) {
                return "";
            }
            guest.lastId = next.id();
            var content = next.notification().content();
            var name = content.schema().name();
            if (name.equals("tick")) {
                inOrder(guest, Events.n(next.notification()));
            } else {
                note(name + Plant.text(content, false));
            }
            return name;
        } catch (SubscriptionEndedException e) {
            note(e.reason().name());
            gone(guest);
            return "";
        }
    }

    private void inOrder(Guest guest, long number) {
        if (number <= guest.last) {
            wrong.add("event " + number + " after " + guest.last + " of subscription " + guest.subscription.id());
        }
        guest.last = number;
        note(guest.subscription.id() + " " + number);
    }

    private void note(String what) {
        trace.update(what.getBytes(StandardCharsets.UTF_8));
    }

    private void reconnect(Guest guest) {
        var connection = guest.connection;
        if (connection == null) {
            return;
        }
        connection.close();
        if (!guest.resumes) {
            gone(guest);
            return;
        }
        try {
            guest.connection = guest.subscription.attach(guest.lastId);
        } catch (YangException e) {
            note("not resumed");
            gone(guest);
        }
    }

    private void gone(Guest guest) {
        ended++;
        guest.connection = null;
        guests.remove(guest);
    }

    private static long heap() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Override
    public void close() throws IOException {
        plant.close();
    }
}

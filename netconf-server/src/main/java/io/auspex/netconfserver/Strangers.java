package io.auspex.netconfserver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Connections whose peers have not logged in yet, few in all and fewer from one source: of all, the oldest makes room for a
 * new one; of one source, a further one is refused.
 */
public final class Strangers<C> {
    private final int most;
    private final int mostOfSource;
    private final Map<C, Object> waiting = new LinkedHashMap<>();

    public Strangers(int most, int mostOfSource) {
        this.most = most;
        this.mostOfSource = mostOfSource;
    }

    /**
     * A new connection.
     *
     * @param source what connections of one source have in common
     * @return the connections that have to go, the new one perhaps among them
     */
    public synchronized List<C> arrived(C connection, Object source) {
        var refused = new ArrayList<C>();
        if (waiting.values().stream().filter(source::equals).count() >= mostOfSource) {
            refused.add(connection);
        } else {
            if (waiting.size() >= most) {
                refused.add(waiting.keySet().iterator().next());
            }
            waiting.put(connection, source);
        }
        refused.forEach(waiting::remove);
        return refused;
    }

    /** The peer has logged in or is gone. */
    public synchronized void left(C connection) {
        waiting.remove(connection);
    }
}

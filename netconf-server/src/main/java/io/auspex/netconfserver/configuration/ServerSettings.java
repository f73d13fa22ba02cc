package io.auspex.netconfserver.configuration;

import io.auspex.netconfserver.CallHome;
import io.auspex.yang.schema.DataPath;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server is configured to do.
 *
 * @param endpoints where it listens, by name
 * @param clients whom it calls, by name
 */
record ServerSettings(Map<String, Endpoint> endpoints, Map<String, Client> clients) {
    ServerSettings {
        endpoints = new TreeMap<>(endpoints);
        clients = new TreeMap<>(clients);
    }

    /** Entries that others replace where they have the same name. */
    ServerSettings under(ServerSettings others) {
        var allEndpoints = new TreeMap<>(endpoints);
        allEndpoints.putAll(others.endpoints);
        var allClients = new TreeMap<>(clients);
        allClients.putAll(others.clients);
        return new ServerSettings(allEndpoints, allClients);
    }

    /**
     * One endpoint of the list listen/endpoints/endpoint.
     *
     * @param addresses at least one; port 0 for any free one
     */
    record Endpoint(DataPath path, List<InetSocketAddress> addresses, TransportSettings transport) {
        Endpoint {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * One client of the list call-home/netconf-client.
     *
     * @param transports by the name of the target
     */
    record Client(CallHome.Plan plan, Map<String, TransportSettings> transports) {
        Client {
            transports = Map.copyOf(transports);
        }
    }
}

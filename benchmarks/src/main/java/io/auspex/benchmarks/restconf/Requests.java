package io.auspex.benchmarks.restconf;

import io.auspex.benchmarks.harness.ServerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;

/** Makes the requests of user admin about subservices of RFC 9418. */
final class Requests {
    private static final String TYPE = "ietf-service-assurance-device:device-type";
    static final String LIST = "/data/ietf-service-assurance:subservices";
    private static final int AT_ONCE = 2_000;

    private final URI root;
    private final String authorization;

    Requests(ServerProcess server) throws IOException {
        root = URI.create(server.restconf());
        authorization = "Basic "
                + Base64.getEncoder().encodeToString(("admin:" + server.password()).getBytes(StandardCharsets.UTF_8));
    }

    int port() {
        return root.getPort();
    }

    static String id(int number) {
        return "subservice-%07d".formatted(number);
    }

    static String key(int number) {
        return TYPE + "," + id(number);
    }

    private byte[] request(String method, String path, String body) {
        return (method + " " + root.getPath() + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port()
                        + "\r\nAccept: application/yang-data+json\r\nAuthorization: " + authorization
                        + (body.isEmpty()
                                ? ""
                                : "\r\nContent-Type: application/yang-data+json\r\nContent-Length: " + body.length())
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    byte[] get(String path) {
        return request("GET", path, "");
    }

    byte[] edit(SplittableRandom random, int entries) {
        return request(
                "PUT",
                LIST + "/subservice=" + key(random.nextInt(entries))
                        + "/ietf-service-assurance-device:parameters/device",
                "{\"ietf-service-assurance-device:device\":\"device-" + random.nextLong() + "\"}");
    }

    /** Puts so many subservices, each with a device. */
    void fill(int entries) throws IOException {
        for (var from = 0; from < entries; from += AT_ONCE) {
            var body = new StringBuilder("{\"ietf-service-assurance:subservices\":{\"subservice\":[");
            for (var i = from; i < Math.min(entries, from + AT_ONCE); i++) {
                body.append(i == from ? "" : ",")
                        .append("{\"type\":\"" + TYPE + "\",\"id\":\"" + id(i)
                                + "\",\"ietf-service-assurance-device:parameters\":{\"device\":\"router-" + i
                                + "\"}}");
            }
            var request = request("PATCH", LIST, body.append("]}}").toString());
            try (var load = new LoadClient(port(), 1, () -> request)) {
                load.run(1);
            }
        }
    }

    /** Reads a resource whole, over a connection of its own; how many bytes its content has. */
    long read(String path) throws IOException {
        var connection = (HttpURLConnection) URI.create(root + path).toURL().openConnection();
        connection.setRequestProperty("Authorization", authorization);
        try (var content = connection.getInputStream()) {
            return content.transferTo(OutputStream.nullOutputStream());
        }
    }
}

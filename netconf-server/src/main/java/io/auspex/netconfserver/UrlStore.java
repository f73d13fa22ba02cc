package io.auspex.netconfserver;

import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/**
 * Configurations that are kept outside of this server (RFC 6241 §8.8): only below URLs that its operator allowed, of scheme
 * file, http or https; redirects are not followed.
 */
public final class UrlStore {
    /** Nothing is allowed. */
    public static final UrlStore OFF = new UrlStore(List.of(), 0);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<URI> allowed;
    private final int maxBytes;

    /**
     * What is below some URLs.
     *
     * @param allowed each ends with a slash
     * @param maxBytes of one configuration
     * @throws IllegalArgumentException a URL cannot be allowed; names it
     */
    public UrlStore(List<URI> allowed, int maxBytes) {
        for (var url : allowed) {
            if (!List.of("file", "http", "https").contains(url.getScheme())
                    || url.getPath() == null
                    || !url.getPath().endsWith("/")
                    || url.getQuery() != null
                    || !url.normalize().equals(url)) {
                throw new IllegalArgumentException(
                        "'" + url + "' is no URL of scheme file, http or https whose path ends with a slash");
            }
        }
        this.allowed = List.copyOf(allowed);
        this.maxBytes = maxBytes;
    }

    /** The schemes for the capability; none when nothing is allowed. */
    List<String> schemes() {
        return List.copyOf(new TreeSet<>(allowed.stream().map(URI::getScheme).toList()));
    }

    /** @throws YangException it is not allowed, not there, or too large */
    byte[] get(URI url) throws YangException {
        check(url);
        try {
            if (url.getScheme().equals("file")) {
                var file = file(url);
                if (Files.size(file) > maxBytes) {
                    throw failed(url, "it has more than " + maxBytes + " bytes");
                }
                return Files.readAllBytes(file);
            }
            try (var client = client()) {
                var answer = client.send(request(url).GET().build(), BodyHandlers.ofInputStream());
                try (var body = answer.body()) {
                    var bytes = body.readNBytes(maxBytes + 1);
                    if (answer.statusCode() != 200 || bytes.length > maxBytes) {
                        throw failed(
                                url,
                                answer.statusCode() == 200
                                        ? "it has more than " + maxBytes + " bytes"
                                        : "the status is " + answer.statusCode());
                    }
                    return bytes;
                }
            }
        } catch (IOException e) {
            throw failed(url, "it cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(url, "the session ended");
        }
    }

    /** @throws YangException it is not allowed or cannot be written */
    void put(URI url, byte[] configuration) throws YangException {
        check(url);
        try {
            if (url.getScheme().equals("file")) {
                var file = file(url);
                var part = Files.createTempFile(folder(file), ".part", "");
                Files.write(part, configuration);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            send(url, request(url).PUT(HttpRequest.BodyPublishers.ofByteArray(configuration)));
        } catch (IOException e) {
            throw failed(url, "it cannot be written");
        }
    }

    /** @throws YangException it is not allowed, not there, or cannot be deleted */
    void delete(URI url) throws YangException {
        check(url);
        try {
            if (url.getScheme().equals("file")) {
                Files.delete(file(url));
                return;
            }
            send(url, request(url).DELETE());
        } catch (IOException e) {
            throw failed(url, "it cannot be deleted");
        }
    }

    private static void send(URI url, HttpRequest.Builder request) throws YangException, IOException {
        try (var client = client()) {
            var status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw failed(url, "the status is " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(url, "the session ended");
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .build();
    }

    private static HttpRequest.Builder request(URI url) {
        return HttpRequest.newBuilder(url).timeout(PATIENCE).header("Content-Type", "application/xml");
    }

    private void check(URI url) throws YangException {
        if (allowed.isEmpty()) {
            throw new YangException(YangError.of(Failure.NOT_SUPPORTED, "url: this server uses no URLs")
                    .withInfo(ErrorInfo.badElement("url")));
        }
        var path = url.getPath();
        var isBelow = path != null
                && !path.endsWith("/")
                && url.normalize().equals(url)
                && url.getUserInfo() == null
                && allowed.stream().anyMatch(a -> isBelow(url, a));
        if (!isBelow) {
            throw new YangException(YangError.of(Failure.BAD_PARAMETER, "url: '" + url + "' is not allowed")
                    .withType(ErrorType.PROTOCOL)
                    .withInfo(ErrorInfo.badElement("url")));
        }
    }

    private static boolean isBelow(URI url, URI folder) {
        return folder.getScheme().equalsIgnoreCase(url.getScheme())
                && String.valueOf(folder.getAuthority()).equalsIgnoreCase(String.valueOf(url.getAuthority()))
                && url.getPath().startsWith(folder.getPath());
    }

    /** The file of a URL: below an allowed folder also when symbolic links are followed. */
    private Path file(URI url) throws IOException {
        var file = Path.of(url.getPath());
        var folder = folder(file).toRealPath();
        for (var above : allowed) {
            if (above.getScheme().equals("file")
                    && folder.startsWith(Path.of(above.getPath()).toRealPath())
                    && !Files.isSymbolicLink(file)) {
                return file;
            }
        }
        throw new IOException("not below an allowed folder");
    }

    private static Path folder(Path file) throws IOException {
        var folder = file.getParent();
        if (folder == null) {
            throw new IOException("no file");
        }
        return folder;
    }

    private static YangException failed(URI url, String why) {
        return new YangException(Failure.UNAVAILABLE, "url: " + url + ": " + why);
    }
}

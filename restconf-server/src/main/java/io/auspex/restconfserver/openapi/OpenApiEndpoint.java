package io.auspex.restconfserver.openapi;

import io.auspex.access.Authentication;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreName;
import io.auspex.management.Management;
import io.auspex.management.ReadRequest;
import io.auspex.restconfserver.http.Header;
import io.auspex.restconfserver.http.HttpHandler;
import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.HttpRequest;
import io.auspex.restconfserver.http.PercentCoding;
import io.auspex.restconfserver.login.HttpLogins;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers {@value #PATH} with the OpenAPI document of the model, or of the modules in the query parameter {@code module}, to
 * users who may read the YANG library; all else goes to RESTCONF.
 */
public final class OpenApiEndpoint implements HttpHandler {
    /** Where the document is. */
    public static final String PATH = "/openapi.json";

    private static final String MODULE = "module=";
    private static final int KEPT = 8;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpHandler restconf;
    private final HttpLogins logins;
    private final Management management;
    private final OpenApiDocument document;
    private final ConcurrentHashMap<Set<String>, byte[]> made = new ConcurrentHashMap<>();

    /** @param root path of {+restconf} */
    public OpenApiEndpoint(HttpHandler restconf, HttpLogins logins, Management management, String root) {
        this.restconf = restconf;
        this.logins = logins;
        this.management = management;
        document = new OpenApiDocument(management.model(), root);
    }

    @Override
    public HttpReply handle(HttpRequest request) throws InterruptedException {
        if (!request.path().equals(PATH)) {
            return restconf.handle(request);
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return failure(request, 405, "The document can only be read.")
                    .with(List.of(new Header("Allow", "GET, HEAD")));
        }
        return switch (logins.authenticate(request).orElseGet(Authentication.Rejected::new)) {
            case Authentication.Accepted(var principal) ->
                ScopedValue.where(Principal.CURRENT, principal).call(() -> document(request));
            case Authentication.Rejected() ->
                failure(request, 401, "The document is for users.").with(logins.challenges(request));
            case Authentication.Busy(var retryAfter) ->
                failure(request, 503, "Too many logins are being checked.")
                        .with(List.of(new Header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())))));
        };
    }

    private HttpReply document(HttpRequest request) {
        if (!mayReadLibrary()) {
            return failure(request, 403, "The document tells what the YANG library tells, which you may not read.");
        }
        var wanted = modules(request.query());
        if (wanted == null) {
            return failure(
                    request, 400, "The only query parameter is module, with names of modules and commas between.");
        }
        for (var name : wanted) {
            if (management.model().module(name).isEmpty()) {
                return failure(request, 404, "There is no YANG module of that name.");
            }
        }
        if (made.size() >= KEPT) {
            made.clear();
        }
        var bytes = made.computeIfAbsent(wanted, this::make);
        return new HttpReply.Whole(200, List.of(new Header("Content-Type", "application/json")), bytes);
    }

    private byte[] make(Set<String> wanted) {
        return JSON.writeValueAsBytes(document.of(
                name -> wanted.isEmpty() || wanted.contains(name),
                management.model().contentId()));
    }

    /** The modules asked for, empty for all; null when the query is not well-formed. */
    private static @Nullable Set<String> modules(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return Set.of();
        }
        if (!query.startsWith(MODULE) || query.indexOf('&') >= 0) {
            return null;
        }
        return PercentCoding.decode(query.substring(MODULE.length()))
                .<Set<String>>map(names -> new TreeSet<>(List.of(names.split(",", -1))))
                .orElse(null);
    }

    private boolean mayReadLibrary() {
        var library = management.model().root().child("ietf-yang-library", "yang-library");
        if (library.isEmpty()) {
            return true;
        }
        var path = DataPath.root(management.model().root()).child(library.get());
        try {
            management.read(ReadRequest.of(DatastoreName.OPERATIONAL, path));
            return true;
        } catch (YangException _) {
            return false;
        }
    }

    private HttpReply failure(HttpRequest request, int status, String message) {
        return restconf.refuse(status, String.join(",", request.headers().all("Accept")), message);
    }

    @Override
    public @Nullable HttpReply handleNow(HttpRequest request) {
        return restconf.handleNow(request);
    }

    @Override
    public HttpReply refuse(int status, String accept, String message) {
        return restconf.refuse(status, accept, message);
    }
}

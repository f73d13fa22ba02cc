package io.auspex.restconfserver;

import io.auspex.datastore.DatastoreName;
import io.auspex.management.YangLibrary;
import io.auspex.restconfserver.RestconfRequest.Body;
import io.auspex.restconfserver.RestconfRequest.Resource;
import io.auspex.restconfserver.http.HttpRequest;
import io.auspex.restconfserver.http.PercentCoding;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a client asks for from an HTTP request below {+restconf} (RFC 8040 §3.3). */
final class RequestParser {
    private static final Set<String> STREAM_PARAMETERS = Set.of("filter", "start-time", "stop-time");

    private final ModelContext model;
    private final Set<DatastoreName> datastores;

    /** @param datastores that are served below ds (RFC 8527 §3.1) */
    RequestParser(ModelContext model, Set<DatastoreName> datastores) {
        this.model = model;
        this.datastores = Set.copyOf(datastores);
    }

    /**
     * Reads a request.
     *
     * @param path below {+restconf}, raw: empty, or with a leading slash
     */
    RestconfRequest parse(String path, HttpRequest http) throws YangException {
        if (!Allowed.isKnown(http.method())) {
            return new RestconfRequest.NotAllowed(Allowed.DATA, http.method());
        }
        var trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        var slash = trimmed.indexOf('/', 1);
        var first = slash < 0 ? trimmed : trimmed.substring(0, slash);
        var rest = slash < 0 ? "" : trimmed.substring(slash + 1);
        return switch (first) {
            case "" -> rest.isEmpty() ? root(http) : unknown(path);
            case "/yang-library-version" ->
                rest.isEmpty() ? fixed(http, new RestconfRequest.GetYangLibraryVersion()) : unknown(path);
            case "/data" -> data(null, rest, http);
            case "/ds" -> datastore(rest, http);
            case "/operations" ->
                rest.isEmpty() ? fixed(http, new RestconfRequest.GetOperations()) : operation(rest, http);
            case "/schema" -> schema(rest, http);
            case "/streams" -> stream(rest, http);
            case "/subscriptions" -> subscription(rest, http);
            default -> unknown(path);
        };
    }

    private static RestconfRequest unknown(String path) throws YangException {
        throw new YangException(
                Failure.NO_SUCH_RESOURCE, "There is no resource " + path + "; see data, ds, operations, streams.");
    }

    private static RestconfRequest root(HttpRequest http) throws YangException {
        return readOnly(http, query -> new RestconfRequest.GetRoot(RootParams.of(query)));
    }

    /** A resource that can only be read and has no parameters. */
    private static RestconfRequest fixed(HttpRequest http, RestconfRequest get) throws YangException {
        return readOnly(http, query -> {
            query.allow("this resource", Set.of());
            return get;
        });
    }

    /** Makes the request to read a resource out of its parameters. */
    @FunctionalInterface
    private interface Reading {
        RestconfRequest with(QueryParameters query) throws YangException;
    }

    private static RestconfRequest readOnly(HttpRequest http, Reading reading) throws YangException {
        return switch (http.method()) {
            case "GET", "HEAD" -> reading.with(QueryParameters.of(http.query()));
            case "OPTIONS" -> new RestconfRequest.Options(Allowed.READ_ONLY);
            default -> new RestconfRequest.NotAllowed(Allowed.READ_ONLY, http.method());
        };
    }

    private RestconfRequest datastore(String rest, HttpRequest http) throws YangException {
        var slash = rest.indexOf('/');
        var name = PercentCoding.decode(slash < 0 ? rest : rest.substring(0, slash))
                .orElse("");
        for (var datastore : datastores) {
            if (YangLibrary.identityOf(datastore).equals(name)) {
                return data(datastore, slash < 0 ? "" : rest.substring(slash + 1), http);
            }
        }
        throw new YangException(Failure.NO_SUCH_RESOURCE, "There is no datastore '" + name + "' here.");
    }

    private RestconfRequest data(@Nullable DatastoreName datastore, String rest, HttpRequest http)
            throws YangException {
        var path = ApiPath.parse(rest, model);
        var action = path.action();
        if (action != null) {
            if (datastore != null && datastore != DatastoreName.OPERATIONAL) {
                throw new YangException(
                        Failure.BAD_TARGET,
                        path.data(),
                        "actions are invoked in the operational datastore (RFC 8527 §3.1), not in " + datastore);
            }
            return invoke(new RestconfRequest.Invoke(action, path.data(), body(http)), http);
        }
        var resource = new Resource(datastore, path.data());
        var schema = path.data().schema();
        if (datastore != null
                && datastore != DatastoreName.OPERATIONAL
                && schema.kind() != NodeKind.ROOT
                && !schema.config()) {
            throw new YangException(
                    Failure.NO_SUCH_RESOURCE, path.data(), schema + " is state, which " + datastore + " does not hold");
        }
        var allowed = Allowed.of(resource);
        if (http.method().equals("OPTIONS")) {
            return new RestconfRequest.Options(allowed);
        }
        if (!allowed.allows(http.method())) {
            return new RestconfRequest.NotAllowed(allowed, http.method());
        }
        return onData(resource, http);
    }

    private RestconfRequest onData(Resource resource, HttpRequest http) throws YangException {
        var query = QueryParameters.of(http.query());
        var conditions = Conditions.of(http.headers());
        return switch (http.method()) {
            case "GET", "HEAD" ->
                new RestconfRequest.Get(
                        resource,
                        ReadParams.of(query, resource.path(), resource.datastore() == DatastoreName.OPERATIONAL, model),
                        conditions);
            case "POST" -> new RestconfRequest.Post(resource, InsertParams.of(query, model), body(http), conditions);
            case "PUT" -> new RestconfRequest.Put(resource, InsertParams.of(query, model), body(http), conditions);
            case "PATCH" -> {
                query.allow("PATCH", Set.of());
                var patch = http.headers().has("Content-Type")
                        ? Encoding.ofPatch(http.headers()).orElse(null)
                        : null;
                yield patch == null
                        ? new RestconfRequest.Patch(resource, body(http), conditions)
                        : new RestconfRequest.YangPatch(resource, new Body(http, patch), conditions);
            }
            default -> {
                query.allow("DELETE", Set.of());
                yield new RestconfRequest.Delete(resource, conditions);
            }
        };
    }

    private static Body body(HttpRequest http) throws YangException {
        var typed = http.hasBody() || http.headers().has("Content-Type");
        return new Body(http, typed ? Encoding.ofContent(http.headers()) : null);
    }

    private RestconfRequest operation(String rest, HttpRequest http) throws YangException {
        var name = PercentCoding.decode(rest).orElse("");
        var colon = name.indexOf(':');
        var rpc = colon < 0
                ? Optional.<io.auspex.yang.schema.SchemaNode>empty()
                : model.rpc(name.substring(0, colon), name.substring(colon + 1));
        if (rpc.isEmpty()) {
            throw new YangException(
                    Failure.NO_SUCH_RESOURCE, "There is no rpc '" + name + "'; its name is module:name.");
        }
        return invoke(new RestconfRequest.Invoke(rpc.get(), null, body(http)), http);
    }

    private static RestconfRequest invoke(RestconfRequest.Invoke invoke, HttpRequest http) throws YangException {
        return switch (http.method()) {
            case "POST" -> {
                QueryParameters.of(http.query()).allow("an operation", Set.of());
                yield invoke;
            }
            case "OPTIONS" -> new RestconfRequest.Options(Allowed.OPERATION);
            default -> new RestconfRequest.NotAllowed(Allowed.OPERATION, http.method());
        };
    }

    private static RestconfRequest schema(String rest, HttpRequest http) throws YangException {
        var name = PercentCoding.decode(rest).orElse("");
        var at = name.indexOf('@');
        return fixed(
                http,
                at < 0
                        ? new RestconfRequest.GetSchema(name, null)
                        : new RestconfRequest.GetSchema(name.substring(0, at), name.substring(at + 1)));
    }

    private static RestconfRequest stream(String rest, HttpRequest http) throws YangException {
        var slash = rest.lastIndexOf('/');
        var name =
                slash < 0 ? "" : PercentCoding.decode(rest.substring(0, slash)).orElse("");
        var encoding = switch (rest.substring(slash + 1)) {
            case "json" -> Encoding.JSON;
            case "xml" -> Encoding.XML;
            default -> null;
        };
        if (encoding == null) {
            throw new YangException(
                    Failure.NO_SUCH_RESOURCE, "An event stream is at streams/NAME/json and streams/NAME/xml.");
        }
        if (http.method().equals("OPTIONS")) {
            return new RestconfRequest.Options(Allowed.STREAM);
        }
        if (!Allowed.STREAM.allows(http.method())) {
            return new RestconfRequest.NotAllowed(Allowed.STREAM, http.method());
        }
        var query = QueryParameters.of(http.query()).allow("an event stream", STREAM_PARAMETERS);
        var start = time(query, "start-time");
        var stop = time(query, "stop-time");
        if (stop != null && (start == null || !stop.isAfter(start))) {
            throw QueryParameters.bad("stop-time goes with a start-time before it");
        }
        return http.method().equals("HEAD")
                ? new RestconfRequest.DescribeStream(name)
                : new RestconfRequest.OpenStream(
                        name, encoding, query.get("filter").orElse(null), start, stop, lastEvent(http));
    }

    private static @Nullable Long lastEvent(HttpRequest http) throws YangException {
        var text = http.headers().first("Last-Event-ID");
        if (text.isEmpty()) {
            return null;
        }
        return number(text.get())
                .orElseThrow(() -> QueryParameters.bad("Last-Event-ID '" + text.get() + "' is no id of an event"));
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static RestconfRequest subscription(String rest, HttpRequest http) throws YangException {
        var id = number(rest)
                .orElseThrow(() -> new YangException(
                        Failure.NO_SUCH_RESOURCE,
                        "A subscription is at the URI that establish-subscription gave, subscriptions/ID."));
        return switch (http.method()) {
            case "GET" -> {
                QueryParameters.of(http.query()).allow("a subscription", Set.of());
                yield new RestconfRequest.OpenSubscription(
                        id, http.headers().first("Last-Event-ID").orElse(null));
            }
            case "OPTIONS" -> new RestconfRequest.Options(Allowed.SUBSCRIPTION);
            default -> new RestconfRequest.NotAllowed(Allowed.SUBSCRIPTION, http.method());
        };
    }

    private static @Nullable Instant time(QueryParameters query, String name) throws YangException {
        var text = query.get(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.get()).toInstant();
        } catch (DateTimeException _) {
            throw QueryParameters.bad(
                    name + " is a date and time such as 2026-11-21T10:00:00Z, not '" + text.get() + "'");
        }
    }
}

package io.auspex.restconfserver;

import io.auspex.access.Authentication;
import io.auspex.access.Principal;
import io.auspex.management.Management;
import io.auspex.management.RestconfMonitoring;
import io.auspex.notifications.subscriptions.Subscriber;
import io.auspex.restconfserver.http.Accept;
import io.auspex.restconfserver.http.Header;
import io.auspex.restconfserver.http.HttpHandler;
import io.auspex.restconfserver.http.HttpReply;
import io.auspex.restconfserver.http.HttpRequest;
import io.auspex.restconfserver.http.RequestFaultException;
import io.auspex.restconfserver.login.HttpLogins;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.NodeKind;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** RESTCONF (RFC 8040): finds out who asks and what for, has it done, and answers, with an error if need be. */
public final class RestconfEndpoint implements HttpHandler {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String EVENTS = "text/event-stream";

    private final Management management;
    private final HttpLogins logins;
    private final RestconfConfig config;
    private final String dataPath;
    private final RequestParser parser;
    private final Dispatcher dispatcher;
    private final ReplyWriter writer;
    private final Locations locations;

    public RestconfEndpoint(Management management, HttpLogins logins, RestconfConfig config, InstantSource clock) {
        this.management = management;
        this.logins = logins;
        this.config = config;
        dataPath = config.root() + "/data/";
        var model = management.model();
        var codec = new DataCodec(model, config.limits());
        parser = new RequestParser(model, management.datastores());
        dispatcher = new Dispatcher(management, codec, new YangPatchReader(model, codec, config.limits()), clock);
        locations = new Locations(config.publicUrl(), config.root());
        writer = new ReplyWriter(model, codec, locations);
    }

    @Override
    public HttpReply handle(HttpRequest request) {
        var hostMeta = HostMeta.answer(request, config.root());
        if (hostMeta.isPresent()) {
            return hostMeta.get();
        }
        if (request.method().equals("TRACE") || request.method().equals("CONNECT")) {
            return failure(request, Failure.METHOD_NOT_ALLOWED, "The method " + request.method() + " is not served.")
                    .with(List.of(new Header("Allow", Allowed.DATA.methods())));
        }
        if (!request.path().equals(config.root()) && !request.path().startsWith(config.root() + "/")) {
            return failure(request, Failure.NO_SUCH_RESOURCE, "RESTCONF is at " + config.root() + ".");
        }
        if (isCrossSite(request)) {
            return failure(request, Failure.ACCESS_DENIED, "Requests of other web sites are refused.");
        }
        var who = logins.authenticate(request);
        if (who.isEmpty()) {
            return failure(request, Failure.UNAUTHENTICATED, "It is not said who asks.")
                    .with(logins.challenges(request));
        }
        return switch (who.get()) {
            case Authentication.Accepted(var principal) -> serve(request, principal);
            case Authentication.Rejected() ->
                failure(request, Failure.UNAUTHENTICATED, "The credentials are not valid.")
                        .with(logins.challenges(request));
            case Authentication.Busy(var retryAfter) ->
                failure(request, Failure.UNAVAILABLE, "Too many logins are being checked.")
                        .with(List.of(new Header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())))));
        };
    }

    @Override
    public @Nullable HttpReply handleNow(HttpRequest request) {
        if (!request.method().equals("GET")
                || request.hasBody()
                || !request.path().startsWith(dataPath)) {
            return null;
        }
        var who = logins.authenticateNow(request);
        return who.isPresent() && who.get() instanceof Authentication.Accepted(var principal)
                ? bound(request, principal).call(() -> readNow(request))
                : null;
    }

    private @Nullable HttpReply readNow(HttpRequest request) {
        try {
            var wanted = parser.parse(request.path().substring(config.root().length()), request);
            if (!(wanted instanceof RestconfRequest.Get get)
                    || get.params().page() != null
                    || !isWithinEntry(get.resource().path())
                    || !management.readsFromMemory(get.resource().path())) {
                return null;
            }
            var as = Encoding.acceptedToRead(request.headers());
            return ShortReply.of(writer.write(dispatcher.handle(wanted, as), request, as));
        } catch (YangException e) {
            return writer.errors(e.errors(), Encoding.forErrors(request.headers()));
        } catch (IOException | InterruptedException e) {
            return null;
        }
    }

    /** True for one entry of a list, or what is in it: no long list is searched for what the caller may see of it. */
    private static boolean isWithinEntry(DataPath path) {
        for (var step : path.steps()) {
            if (step.key().isPresent()) {
                return path.key().isPresent() || path.schema().kind() != NodeKind.LIST;
            }
        }
        return path.schema().isLeafLike();
    }

    /** A browser says when a request is made by another site; it would add the password that it knows (CSRF). */
    private static boolean isCrossSite(HttpRequest request) {
        if (SAFE.contains(request.method())) {
            return false;
        }
        var site = request.headers().first("Sec-Fetch-Site");
        var origin = request.headers().first("Origin");
        var own = (request.peer().secure() ? "https://" : "http://") + request.authority();
        return site.filter(s -> s.equals("cross-site") || s.equals("same-site")).isPresent()
                || origin.filter(o -> !o.equalsIgnoreCase(own)).isPresent();
    }

    private HttpReply failure(HttpRequest request, Failure failure, String message) {
        return writer.errors(List.of(YangError.of(failure, message)), Encoding.forErrors(request.headers()));
    }

    /** Who calls, and by which name it knows the server. */
    private ScopedValue.Carrier bound(HttpRequest request, Principal principal) {
        var subscriber = new RestconfSubscriber(principal, request, locations);
        var caller = ScopedValue.where(Principal.CURRENT, principal).where(Subscriber.CURRENT, subscriber);
        var base = locations.of("", request);
        return base.startsWith("http") ? caller.where(RestconfMonitoring.BASE, base) : caller;
    }

    private HttpReply serve(HttpRequest request, Principal principal) {
        var caller = bound(request, principal);
        var reply = caller.call(() -> serve(request));
        // What is streamed is read while it is written, so the caller has to be bound then too.
        return reply instanceof HttpReply.Streamed(var status, var headers, var content)
                ? new HttpReply.Streamed(status, headers, content.within(caller))
                : reply;
    }

    private HttpReply serve(HttpRequest request) {
        try {
            var wanted = parser.parse(request.path().substring(config.root().length()), request);
            var as = encoding(wanted, request);
            return writer.write(dispatcher.handle(wanted, as), request, as);
        } catch (YangException e) {
            var reply = writer.errors(e.errors(), Encoding.forErrors(request.headers()));
            return e.first().failure() == Failure.UNSUPPORTED_MEDIA_TYPE
                            && request.method().equals("PATCH")
                    ? reply.with(List.of(Allowed.ACCEPT_PATCH))
                    : reply;
        } catch (RequestFaultException e) {
            var reply = writer.errors(List.of(Problems.of(e)), Encoding.forErrors(request.headers()));
            return reply instanceof HttpReply.Whole whole
                    ? new HttpReply.Whole(e.status(), whole.headers(), whole.content())
                    : reply;
        } catch (IOException | RuntimeException e) {
            return writer.errors(List.of(Problems.internal(e)), Encoding.forErrors(request.headers()));
        }
    }

    private static Encoding.Chosen encoding(RestconfRequest wanted, HttpRequest request) throws YangException {
        return switch (wanted) {
            case RestconfRequest.OpenStream _, RestconfRequest.DescribeStream _, RestconfRequest.OpenSubscription _ -> {
                accept(request, EVENTS);
                yield Encoding.forErrors(request.headers());
            }
            case RestconfRequest.GetSchema _ -> {
                accept(request, "application/yang");
                yield Encoding.forErrors(request.headers());
            }
            case RestconfRequest.Options _, RestconfRequest.NotAllowed _ -> Encoding.forErrors(request.headers());
            case RestconfRequest.Get _ -> Encoding.acceptedToRead(request.headers());
            case RestconfRequest.GetRoot _,
                    RestconfRequest.GetYangLibraryVersion _,
                    RestconfRequest.GetOperations _,
                    RestconfRequest.Post _,
                    RestconfRequest.Put _,
                    RestconfRequest.Patch _,
                    RestconfRequest.YangPatch _,
                    RestconfRequest.Delete _,
                    RestconfRequest.Invoke _ -> Encoding.accepted(request.headers());
        };
    }

    private static void accept(HttpRequest request, String type) throws YangException {
        if (Accept.of(request.headers().all("Accept")).quality(type) == 0) {
            throw new YangException(Failure.NOT_ACCEPTABLE, "The resource is given as " + type + " only.");
        }
    }

    @Override
    public HttpReply refuse(int status, String accept, String message) {
        var as = Encoding.forErrors(List.of(accept), Optional.empty());
        var reply = writer.errors(List.of(YangError.of(ErrorStatus.of(status), message)), as);
        return reply instanceof HttpReply.Whole whole
                ? new HttpReply.Whole(status, whole.headers(), whole.content())
                : reply;
    }
}

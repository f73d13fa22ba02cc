package io.auspex.restconfserver.login;

import io.auspex.access.Authentication;
import io.auspex.access.Authenticator;
import io.auspex.access.certificate.CertificateLogins;
import io.auspex.restconfserver.http.Header;
import io.auspex.restconfserver.http.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request (RFC 8040 §2.5): by its Authorization header, Basic (RFC 7617) or Bearer (RFC 6750); without
 * one, by the client's certificate.
 *
 * @param passwords knows the users of this server
 * @param tokens null where none are believed
 * @param certificates null where none are asked for
 */
public record HttpLogins(
        Authenticator passwords,
        @Nullable BearerTokens tokens,
        @Nullable CertificateLogins certificates) {
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "bearer ";
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final Header BASIC = new Header(CHALLENGE, "Basic realm=\"auspex\", charset=\"UTF-8\"");
    private static final Header NO_TOKEN = new Header(CHALLENGE, "Bearer realm=\"auspex\"");
    private static final Header BAD_TOKEN = new Header(
            CHALLENGE,
            "Bearer realm=\"auspex\", error=\"invalid_token\", error_description=\"The token is not valid here\"");

    /** By passwords alone. */
    public HttpLogins(Authenticator passwords) {
        this(passwords, null, null);
    }

    /** What a request shows. */
    private sealed interface Shown {
        record Password(BasicCredentials credentials) implements Shown {}

        record Token(String token) implements Shown {}

        record Certificate() implements Shown {}

        record Nothing() implements Shown {}
    }

    private Shown shown(HttpRequest request) {
        var headers = request.headers().all(AUTHORIZATION);
        if (headers.isEmpty()) {
            return certificates == null || request.peer().certificates().isEmpty()
                    ? new Shown.Nothing()
                    : new Shown.Certificate();
        }
        if (headers.size() > 1) {
            return new Shown.Nothing();
        }
        var header = headers.getFirst();
        if (header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return new Shown.Token(header.substring(BEARER.length()).strip());
        }
        return BasicCredentials.parse(header).<Shown>map(Shown.Password::new).orElseGet(Shown.Nothing::new);
    }

    /** Tells who makes the request; empty when it shows nothing to tell by. */
    public Optional<Authentication> authenticate(HttpRequest request) {
        var source = request.peer().source();
        return switch (shown(request)) {
            case Shown.Password(var credentials) -> {
                try {
                    yield Optional.of(passwords.authenticate(credentials.user(), credentials.password(), source));
                } finally {
                    Arrays.fill(credentials.password(), (byte) 0);
                }
            }
            case Shown.Token(var token) ->
                Optional.of(tokens == null ? new Authentication.Rejected() : tokens.authenticate(token, source));
            case Shown.Certificate() -> byCertificate(request);
            case Shown.Nothing() -> Optional.empty();
        };
    }

    /** The same where it takes no waiting and little computing; empty where it would, or where nothing is shown. */
    public Optional<Authentication> authenticateNow(HttpRequest request) {
        var source = request.peer().source();
        return switch (shown(request)) {
            case Shown.Password(var credentials) ->
                passwords.authenticateNow(credentials.user(), credentials.password(), source);
            case Shown.Token(var token) -> tokens == null ? Optional.empty() : tokens.authenticateNow(token, source);
            case Shown.Certificate(), Shown.Nothing() -> Optional.empty();
        };
    }

    private Optional<Authentication> byCertificate(HttpRequest request) {
        return certificates == null
                ? Optional.empty()
                : Optional.of(certificates.authenticate(
                        request.peer().certificates(), request.peer().source()));
    }

    /** How a client can tell who it is, for a reply of status 401 (RFC 9110 §11.6.1). */
    public List<Header> challenges(HttpRequest request) {
        var challenges = new ArrayList<Header>();
        if (tokens != null) {
            challenges.add(shown(request) instanceof Shown.Token ? BAD_TOKEN : NO_TOKEN);
        }
        challenges.add(BASIC);
        return challenges;
    }
}

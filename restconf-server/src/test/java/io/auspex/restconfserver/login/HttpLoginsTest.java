package io.auspex.restconfserver.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.access.Authentication;
import io.auspex.access.Authenticator;
import io.auspex.access.Principal;
import io.auspex.restconfserver.http.Header;
import io.auspex.restconfserver.http.Headers;
import io.auspex.restconfserver.http.HttpRequest;
import io.auspex.restconfserver.http.Peer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpLoginsTest {
    private static final String KEY = """
        {"keys": [{"kty": "EC", "crv": "P-256",
          "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
        """;

    @TempDir
    private Path folder;

    private static HttpRequest request(String... authorization) {
        Headers headers = name -> name.equals("Authorization") ? List.of(authorization) : List.of();
        return new HttpRequest(
                "GET", "/", null, "a", headers, InputStream.nullInputStream(), false, new Peer("here", "", true));
    }

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final Authenticator ANN = new Authenticator() {
        @Override
        public Authentication authenticate(String user, byte[] password, String source) {
            return user.equals("ann") && new String(password, StandardCharsets.UTF_8).equals("sécret:1")
                    ? new Authentication.Accepted(new Principal(user, Set.of(), source))
                    : new Authentication.Rejected();
        }

        @Override
        public Authentication authenticateKey(String user, byte[] keyData, String source) {
            return new Authentication.Rejected();
        }
    };

    private HttpLogins withTokens() throws Exception {
        var keys = Files.writeString(folder.resolve("keys.json"), KEY);
        var config = new TokenConfig(keys, "i", "a", Set.of("ES256"), "sub", "groups");
        return new HttpLogins(ANN, new BearerTokens(config, event -> {}, InstantSource.system()), null);
    }

    @Test
    void aPasswordMayHaveColonsAndAnyCharacter() {
        assertThat(new HttpLogins(ANN).authenticate(request(basic("ann:sécret:1"))))
                .contains(new Authentication.Accepted(new Principal("ann", Set.of(), "here")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic !!!", "Basic YW5u", "Digest username=\"ann\"", "ann:sécret:1"})
    void whatShowsNothingIsAskedToShowSomething(String header) {
        assertThat(new HttpLogins(ANN).authenticate(request(header))).isEmpty();
    }

    @Test
    void twoAuthorizationsAreNone() {
        assertThat(new HttpLogins(ANN).authenticate(request(basic("ann:sécret:1"), basic("bob:x"))))
                .isEmpty();
    }

    @Test
    void aTokenIsRefusedWhereNoneAreBelieved() {
        var logins = new HttpLogins(ANN);
        assertThat(logins.authenticate(request("Bearer a.b.c"))).contains(new Authentication.Rejected());
        assertThat(logins.challenges(request("Bearer a.b.c")))
                .containsExactly(new Header("WWW-Authenticate", "Basic realm=\"auspex\", charset=\"UTF-8\""));
    }

    @Test
    void theChallengesTellWhatIsTakenAndWhatWasWrong() throws Exception {
        var logins = withTokens();
        assertThat(logins.challenges(request()).stream().map(Header::value))
                .containsExactly("Bearer realm=\"auspex\"", "Basic realm=\"auspex\", charset=\"UTF-8\"");
        assertThat(logins.authenticate(request("Bearer a.b.c"))).contains(new Authentication.Rejected());
        assertThat(logins.challenges(request("bearer a.b.c")).getFirst().value())
                .startsWith("Bearer realm=\"auspex\", error=\"invalid_token\"");
    }
}

package io.auspex.restconfserver.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.auspex.access.AuditEvent;
import io.auspex.access.Authentication;
import io.auspex.access.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokensTest {
    private static final String SOURCE = "restconf 192.0.2.1:5000";
    private static final String ISSUER = "https://login.example.com";
    private static final RSAKey RSA = generated(new RSAKeyGenerator(2048).keyID("rsa")::generate);
    private static final ECKey EC = generated(new ECKeyGenerator(Curve.P_256).keyID("ec")::generate);

    private final List<AuditEvent> audit = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private BearerTokens tokens;

    @TempDir
    private Path folder;

    private interface Generator<K> {
        K run() throws Exception;
    }

    private static <K> K generated(Generator<K> generator) {
        try {
            return generator.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() throws Exception {
        tokens = tokens(new JWKSet(List.<JWK>of(RSA, EC)).toString(true), Set.of("RS256", "ES256"));
    }

    private BearerTokens tokens(String keys, Set<String> algorithms) throws IOException {
        var file = Files.writeString(folder.resolve("keys"), keys);
        return new BearerTokens(
                new TokenConfig(file, ISSUER, "auspex", algorithms, "sub", "groups"), audit::add, () -> now);
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(List.of("other", "auspex"))
                .subject("ann")
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
    }

    private static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) throws Exception {
        var token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private String rsa(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(),
                new RSASSASigner(RSA),
                change.apply(claims()).build());
    }

    private static Authentication accepted(String user, String... groups) {
        return new Authentication.Accepted(new Principal(user, Set.of(groups), SOURCE));
    }

    private void assertRefused(String token, String why) {
        assertThat(tokens.authenticate(token, SOURCE)).isEqualTo(new Authentication.Rejected());
        assertThat(audit.getLast())
                .isInstanceOfSatisfying(
                        AuditEvent.LoginFailed.class, e -> assertThat(e.why()).contains(why));
    }

    @Test
    void aTokenOfTheIssuerNamesUserAndGroups() throws Exception {
        assertThat(tokens.authenticate(rsa(c -> c.claim("groups", List.of("operators", "noc"))), SOURCE))
                .isEqualTo(accepted("ann", "operators", "noc"));
        assertThat(audit).containsExactly(new AuditEvent.LoggedIn("ann", SOURCE, "token"));
    }

    @Test
    void groupsMayBeOneText() throws Exception {
        assertThat(tokens.authenticate(rsa(c -> c.claim("groups", "operators noc")), SOURCE))
                .isEqualTo(accepted("ann", "operators", "noc"));
    }

    @Test
    void anEcSignatureIsTakenToo() throws Exception {
        var token = signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID("ec")
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                new ECDSASigner(EC),
                claims().build());
        assertThat(tokens.authenticate(token, SOURCE)).isEqualTo(accepted("ann"));
    }

    @Test
    void aTokenIsRememberedUntilItExpires() throws Exception {
        // Given
        var token = rsa(c -> c.expirationTime(Date.from(now.plusSeconds(30))));
        assertThat(tokens.authenticateNow(token, SOURCE)).isEmpty();
        tokens.authenticate(token, SOURCE);
        assertThat(tokens.authenticateNow(token, SOURCE)).contains(accepted("ann"));
        // When
        now = now.plusSeconds(31);
        // Then
        assertThat(tokens.authenticateNow(token, SOURCE)).isEmpty();
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        assertRefused(rsa(c -> c.expirationTime(Date.from(now.minusSeconds(61)))), "Expired");
    }

    @Test
    void aTokenThatNeverExpiresIsRefused() throws Exception {
        assertRefused(rsa(c -> c.expirationTime(null)), "exp");
    }

    @Test
    void aTokenOfTheFutureIsRefused() throws Exception {
        assertRefused(rsa(c -> c.notBeforeTime(Date.from(now.plusSeconds(90)))), "before use");
    }

    @Test
    void aTokenForOthersIsRefused() throws Exception {
        assertRefused(rsa(c -> c.audience("billing")), "aud");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() throws Exception {
        assertRefused(rsa(c -> c.issuer("https://evil.example.com")), "iss");
    }

    @Test
    void aTokenWithoutUserIsRefused() throws Exception {
        assertRefused(rsa(c -> c.subject(null)), "sub");
        assertRefused(rsa(c -> c.subject("a\nb")), "names no user");
    }

    @Test
    void aTokenWithoutSignatureIsRefused() {
        assertRefused(new PlainJWT(claims().build()).serialize(), "refused");
    }

    @Test
    void thePublicKeyIsNoSecretToSignWith() throws Exception {
        // Given: the classic confusion of algorithms, an HMAC under the text of the public key
        var secret = RSA.toRSAPublicKey().getEncoded();
        var token = signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(),
                new MACSigner(secret),
                claims().build());
        // Then
        assertRefused(token, "refused");
    }

    @Test
    void aKeyThatTheTokenBringsItselfIsNotUsed() throws Exception {
        var own = generated(new RSAKeyGenerator(2048).keyID("own")::generate);
        var token = signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build(),
                new RSASSASigner(own),
                claims().build());
        assertRefused(token, "refused");
    }

    @Test
    void anAlgorithmThatIsNotOnTheListIsRefused() throws Exception {
        var token = signed(
                new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("rsa").build(),
                new RSASSASigner(RSA),
                claims().build());
        assertRefused(token, "refused");
    }

    @Test
    void aChangedTokenIsRefused() throws Exception {
        var parts = rsa(c -> c).split("\\.");
        var payload = new String(Base64.getUrlDecoder().decode(parts[1])).replace("\"ann\"", "\"bob\"");
        assertRefused(
                parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes()) + "."
                        + parts[2],
                "refused");
    }

    @Test
    void whatIsNoTokenIsRefused() {
        assertRefused("", "refused");
        assertRefused("a.b.c", "refused");
        assertRefused("x".repeat(10_000), "refused");
    }

    @Test
    void keysMayBePem() throws Exception {
        // Given
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(RSA.toRSAPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        tokens = tokens(pem, Set.of("RS256"));
        var token = signed(new JWSHeader(JWSAlgorithm.RS256), new RSASSASigner(RSA), claims().build());
        // Then
        assertThat(tokens.authenticate(token, SOURCE)).isEqualTo(accepted("ann"));
    }

    @Test
    void aFileWithoutPublicKeysSaysSo() {
        assertThatThrownBy(() -> tokens("{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}", Set.of("RS256")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no public key in it");
    }

    @Test
    void signaturesWithASharedSecretCannotBeConfigured() {
        assertThatThrownBy(() -> tokens("", Set.of("HS256")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'HS256' is none of ES256, ES384");
    }
}

package io.auspex.access;

import static io.auspex.access.Model.MODEL;
import static io.auspex.access.Model.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.error.YangException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The password of the first start, users in the configuration, and the recovery session. */
class FirstStartTest {
    @TempDir
    Path directory;

    private static final String LOOPBACK = "restconf [::1]:51234";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theInitialPasswordIsRandomAndForTheOwnerOnly() throws IOException {
        var first = InitialPassword.create(directory);
        var one = Files.readString(first.file()).strip();
        var second = InitialPassword.create(directory);
        var two = Files.readString(second.file()).strip();
        assertThat(one).matches("([a-km-np-z2-9]{5}-){5}[a-km-np-z2-9]").isNotEqualTo(two);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(second.file())))
                .isEqualTo("rw-------");
        assertThat(PasswordHash.parse(second.hash()).orElseThrow().matches(bytes(two)))
                .isTrue();
        assertThat(PasswordHash.parse(second.hash()).orElseThrow().matches(bytes(one)))
                .isFalse();
    }

    @Test
    void usersOfTheRunningConfigurationLogIn() throws YangException {
        var received = root("""
                {'ietf-system:system':{'authentication':{'user':[
                  {'name':'ann','password':'$0$secret word','authorized-key':[
                    {'name':'k','algorithm':'ssh-ed25519','key-data':'AQID'}]},
                  {'name':'bob'}]}}}""");
        var stored = (io.auspex.yang.data.InnerNode) new ClearTextPasswords(MODEL).hashed(received);
        assertThat(Model.json(stored)).doesNotContain("secret word").contains("$6$");
        var users = new RunningUsers(MODEL, () -> stored);
        var logins = new LocalUsers(users, e -> {}, InstantSource.system());
        assertThat(logins.authenticate("ann", bytes("secret word"), LOOPBACK))
                .isInstanceOf(Authentication.Accepted.class);
        assertThat(logins.authenticateKey("ann", new byte[] {1, 2, 3}, LOOPBACK))
                .isInstanceOf(Authentication.Accepted.class);
        assertThat(logins.authenticate("bob", bytes("secret word"), LOOPBACK))
                .isInstanceOf(Authentication.Rejected.class);
        assertThat(users.user("eve")).isEmpty();
    }

    @Test
    void aPasswordThatWasRightIsKnownAtOnceUnlessItIsOfTheRecoverySession() {
        // Given
        var stored = root("{'ietf-system:system':{'authentication':{'user':[{'name':'ann','password':'"
                + PasswordHash.of(bytes("secret word")).reveal() + "'}]}}}");
        var users = new LocalUsers(new RunningUsers(MODEL, () -> stored), e -> {}, InstantSource.system());
        var logins = new RecoveryLogin(users, directory, e -> {});
        assertThat(logins.authenticateNow("ann", bytes("secret word"), LOOPBACK))
                .isEmpty();

        // When
        logins.authenticate("ann", bytes("secret word"), LOOPBACK);

        // Then
        assertThat(logins.authenticateNow("ann", bytes("secret word"), LOOPBACK))
                .hasValueSatisfying(a -> assertThat(a).isInstanceOf(Authentication.Accepted.class));
        assertThat(logins.authenticateNow("ann", bytes("another word"), LOOPBACK))
                .isEmpty();
        assertThat(logins.authenticateNow(RecoveryLogin.USER, bytes("secret word"), LOOPBACK))
                .isEmpty();
    }

    @Test
    void clearTextThatIsNoPasswordIsRefusedByPath() {
        var received = root("{'ietf-system:system':{'authentication':{'user':[{'name':'a','password':'$0$"
                + "x".repeat(1_025) + "'}]}}}");
        assertThatThrownBy(() -> new ClearTextPasswords(MODEL).hashed(received))
                .isInstanceOf(YangException.class)
                .hasMessage("/ietf-system:system/authentication/user/password: "
                        + "a password has 1 to 1024 bytes of UTF-8 and no NUL; got 1025 bytes");
    }

    @Test
    void dataWithoutPasswordsIsGivenBackAsItIs() throws YangException {
        var clock = root("{'acme:clock':{'zone':'UTC'}}").children().getFirst();
        assertThat(new ClearTextPasswords(MODEL).hashed(clock)).isSameAs(clock);
    }

    @Test
    void theRecoverySessionIsOpenedByAFileAndFromLoopbackOnly() throws IOException {
        var audit = new ArrayList<AuditEvent>();
        var nobody = new LocalUsers(name -> java.util.Optional.empty(), audit::add, InstantSource.system());
        var logins = new RecoveryLogin(nobody, directory, audit::add);
        var password = bytes("sixteen letters!");
        assertThat(logins.authenticate("recovery", password, LOOPBACK)).isInstanceOf(Authentication.Rejected.class);
        var file = directory.resolve("recovery-password");
        Files.writeString(file, "sixteen letters!\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(logins.authenticate("recovery", password, LOOPBACK)).isInstanceOf(Authentication.Rejected.class);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(logins.authenticate("recovery", password, LOOPBACK))
                .isEqualTo(new Authentication.Accepted(new Principal("recovery", Set.of(), LOOPBACK, true)));
        assertThat(logins.authenticate("recovery", password, "restconf 192.0.2.1:51234"))
                .isInstanceOf(Authentication.Rejected.class);
        assertThat(logins.authenticate("recovery", bytes("wrong"), LOOPBACK))
                .isInstanceOf(Authentication.Rejected.class);
        assertThat(audit).contains(new AuditEvent.LoggedIn("recovery", LOOPBACK, "recovery file"));
        Files.writeString(file, "short");
        assertThat(logins.authenticate("recovery", bytes("short"), LOOPBACK))
                .isNotInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void theHostOfASourceIsFoundWithoutItsPort() {
        assertThat(PeerAddress.host("restconf 127.0.0.1:51234")).isEqualTo("127.0.0.1");
        assertThat(PeerAddress.host("netconf-ssh [2001:db8::1]:830")).isEqualTo("2001:db8::1");
        assertThat(PeerAddress.host("x 2001:db8::1")).isEqualTo("2001:db8::1");
        assertThat(PeerAddress.host("console")).isEqualTo("console");
        assertThat(PeerAddress.isLoopback("netconf-ssh 127.0.0.9:1")).isTrue();
        assertThat(PeerAddress.isLoopback("netconf-ssh localhost:1")).isFalse();
        assertThat(PeerAddress.isLoopback("")).isFalse();
    }

    @Test
    void aPasswordThatStandsInTheFolderIsTaken() throws IOException {
        Files.writeString(directory.resolve("initial-password"), "given by the operator\n");
        var first = InitialPassword.in(directory);
        assertThat(PasswordHash.parse(first.hash())
                        .orElseThrow()
                        .matches("given by the operator".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(InitialPassword.in(directory).file()).hasContent("given by the operator");
    }
}

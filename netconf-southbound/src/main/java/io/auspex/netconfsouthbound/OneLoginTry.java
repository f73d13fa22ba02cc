package io.auspex.netconfsouthbound;

import java.io.IOException;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractive;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.PasswordAuthenticationReporter;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;

/**
 * Keyboard-interactive login (RFC 4256) for devices that offer no password login: where the password was refused already,
 * the same password is not sent a second time, since the device would count both.
 */
final class OneLoginTry extends UserAuthKeyboardInteractiveFactory {
    private static final AttributeKey<Boolean> PASSWORD_SENT = new AttributeKey<>();

    @Override
    public UserAuthKeyboardInteractive createUserAuth(ClientSession session) throws IOException {
        if (session.getAttribute(PASSWORD_SENT) == null) {
            return super.createUserAuth(session);
        }
        return new UserAuthKeyboardInteractive() {
            @Override
            protected boolean sendAuthDataRequest(ClientSession refused, String service) {
                return false;
            }
        };
    }

    /** Remembers that the session sent its password. */
    static final class Reporter implements PasswordAuthenticationReporter {
        @Override
        public void signalAuthenticationAttempt(
                ClientSession session, String service, String oldPassword, boolean modified, String newPassword) {
            session.setAttribute(PASSWORD_SENT, true);
        }
    }
}

package io.auspex.notifications;

import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The content of a notification in JSON (RFC 7951), made once. */
public final class NotificationJson {
    private static final String FORM = "rfc7951-content";

    private NotificationJson() {}

    /** {@code {"module:name": {…}}}, without event time and parent, in UTF-8; shared, must not be altered. */
    public static byte[] content(Notification notification) {
        return notification.encoded(FORM, NotificationJson::write);
    }

    private static byte[] write(Notification notification) {
        var out = new ByteArrayOutputStream(512);
        try {
            JsonWriter.write(notification.content(), out, JsonOptions.COMPACT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

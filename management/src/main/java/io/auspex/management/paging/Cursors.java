package io.auspex.management.paging;

import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.schema.Values;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringJoiner;

/** Cursors: the key of an entry, in base64url; clients do not look into them (draft-ietf-netconf-list-pagination §3.1.6). */
public final class Cursors {
    private static final String SEPARATOR = "\u0000";

    private Cursors() {}

    static String text(ListKey key) {
        var values = new StringJoiner(SEPARATOR);
        for (var i = 0; i < key.size(); i++) {
            values.add(Values.text(key.value(i)));
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(values.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The key that a cursor of a list stands for.
     *
     * @throws YangException when it is no cursor of that list
     */
    public static ListKey parse(String cursor, SchemaNode list, ModelContext model) throws YangException {
        try {
            var texts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1);
            if (texts.length != list.keys().size()) {
                throw Pages.cursorNotFound();
            }
            var values = new Object[texts.length];
            for (var i = 0; i < texts.length; i++) {
                values[i] = list.keys().get(i).type().parse(texts[i], model.jsonPrefixes());
            }
            return ListKey.of(values);
        } catch (IllegalArgumentException | InvalidValueException e) {
            throw Pages.cursorNotFound();
        }
    }
}

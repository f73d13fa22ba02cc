package io.auspex.restconfserver;

import static io.auspex.restconfserver.PatchMessage.require;

import io.auspex.restconfserver.http.RequestFaultException;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a YANG Patch in JSON (application/yang-patch+json). */
final class JsonPatch {
    private final JsonReader reader;
    private final PatchMessage.Builder patch = new PatchMessage.Builder();

    private JsonPatch(JsonReader reader) {
        this.reader = reader;
    }

    static PatchMessage read(InputStream message, JsonReader reader) throws YangException, IOException {
        try (var in = reader.open(message)) {
            return new JsonPatch(reader).patch(in);
        } catch (JacksonException e) {
            if (e.getCause() instanceof RequestFaultException fault) {
                throw fault;
            }
            throw new YangException(Failure.MALFORMED, "not well-formed JSON: " + e.getOriginalMessage());
        }
    }

    private PatchMessage patch(JsonParser in) throws YangException {
        require(in.nextToken() == JsonToken.START_OBJECT, "an object");
        require("ietf-yang-patch:yang-patch".equals(in.nextName()), "the one member ietf-yang-patch:yang-patch");
        require(in.nextToken() == JsonToken.START_OBJECT, "an object");
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            switch (name) {
                case "patch-id" -> patch.patchId(text(in));
                case "comment" -> text(in);
                case "edit" -> edits(in);
                default -> throw PatchMessage.unknown(name);
            }
        }
        require(in.nextToken() == JsonToken.END_OBJECT && in.nextToken() == null, "the end of the message");
        return patch.build();
    }

    private void edits(JsonParser in) throws YangException {
        require(in.currentToken() == JsonToken.START_ARRAY, "an array of edits");
        while (in.nextToken() == JsonToken.START_OBJECT) {
            for (var name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                if (PatchMessage.Builder.isLeaf(name)) {
                    patch.leaf(name, text(in));
                } else if (name.equals("value")) {
                    var bytes = reader.capture(in).getBytes(StandardCharsets.UTF_8);
                    patch.value(target -> reader.read(bytes, target));
                } else {
                    throw PatchMessage.unknown(name);
                }
            }
            patch.endEdit();
        }
        require(in.currentToken() == JsonToken.END_ARRAY, "the end of the edits");
    }

    private static String text(JsonParser in) throws YangException {
        require(in.currentToken() == JsonToken.VALUE_STRING, "a string");
        return in.getString();
    }
}

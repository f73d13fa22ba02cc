package io.auspex.restconfserver;

import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.ModelContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What came of a YANG Patch (RFC 8072 §2.3): done, or errors of the whole, or errors of edits, then nothing was done.
 *
 * @param errors of the whole
 * @param editErrors by edit-id, in the order of the edits
 */
record YangPatchStatus(String patchId, List<YangError> errors, Map<String, List<YangError>> editErrors) {
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-yang-patch";

    boolean isOk() {
        return errors.isEmpty() && editErrors.isEmpty();
    }

    /** The HTTP status: that of the first error. */
    int httpStatus() {
        if (isOk()) {
            return 200;
        }
        var first = errors.isEmpty() ? editErrors.values().iterator().next().getFirst() : errors.getFirst();
        return ErrorStatus.of(first.failure());
    }

    byte[] bytes(Encoding encoding, ModelContext model) {
        return switch (encoding) {
            case JSON -> json(model);
            case XML -> xml(model).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] json(ModelContext model) {
        var bytes = new ByteArrayOutputStream();
        try (var out = JsonWriter.open(bytes, JsonOptions.COMPACT)) {
            out.writeStartObject();
            out.writeName("ietf-yang-patch:yang-patch-status");
            out.writeStartObject();
            out.writeStringProperty("patch-id", patchId);
            if (isOk()) {
                out.writeName("ok");
                out.writeStartArray();
                out.writeNull();
                out.writeEndArray();
            } else if (!errors.isEmpty()) {
                out.writeName("errors");
                new ErrorDocument(errors, model).json(out);
            } else {
                out.writeName("edit-status");
                out.writeStartObject();
                out.writeName("edit");
                out.writeStartArray();
                editErrors.forEach((id, found) -> {
                    out.writeStartObject();
                    out.writeStringProperty("edit-id", id);
                    out.writeName("errors");
                    new ErrorDocument(found, model).json(out);
                    out.writeEndObject();
                });
                out.writeEndArray();
                out.writeEndObject();
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private String xml(ModelContext model) {
        var text = new StringBuilder("<yang-patch-status xmlns=\"" + NAMESPACE + "\"><patch-id>");
        text.append(XmlText.escaped(patchId)).append("</patch-id>");
        if (isOk()) {
            text.append("<ok/>");
        } else if (!errors.isEmpty()) {
            text.append("<errors>")
                    .append(new ErrorDocument(errors, model).xml())
                    .append("</errors>");
        } else {
            text.append("<edit-status>");
            editErrors.forEach((id, found) -> text.append("<edit><edit-id>")
                    .append(XmlText.escaped(id))
                    .append("</edit-id><errors>")
                    .append(new ErrorDocument(found, model).xml())
                    .append("</errors></edit>"));
            text.append("</edit-status>");
        }
        return text.append("</yang-patch-status>").toString();
    }
}

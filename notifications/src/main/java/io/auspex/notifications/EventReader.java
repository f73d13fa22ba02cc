package io.auspex.notifications;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes notifications of logged events again. */
final class EventReader {
    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

    private final ModelContext model;
    private final JsonReader json;

    EventReader(ModelContext model) {
        this.model = model;
        this.json = new JsonReader(model, InputLimits.DEFAULT);
    }

    /** The event; empty when the model of today does not have it, or no longer as it was. */
    Optional<Delivery.Event> event(EventFrame frame) {
        try {
            var parent = parent(frame.parent());
            var schema = schema(parent, frame.name());
            if (schema.isPresent() && json.read(frame.json(), schema.get()) instanceof InnerNode content) {
                return Optional.of(new Delivery.Event(frame.id(), new Notification(frame.time(), parent, content)));
            }
        } catch (YangException | InvalidValueException e) {
            LOG.atDebug().addKeyValue("event", frame.name()).setCause(e).log("logged event does not fit the model");
        }
        return Optional.empty();
    }

    private @Nullable DataPath parent(String text) throws InvalidValueException {
        return text.isEmpty() ? null : InstanceIdentifiers.parse(text, model.root(), model.jsonPrefixes());
    }

    private Optional<SchemaNode> schema(@Nullable DataPath parent, String name) {
        return (parent == null ? model.root() : parent.schema())
                .notifications().stream()
                        .filter(n -> n.qualifiedName().equals(name))
                        .findFirst();
    }
}

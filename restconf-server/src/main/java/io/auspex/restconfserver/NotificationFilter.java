package io.auspex.restconfserver;

import io.auspex.notifications.Notification;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPath;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNode;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets those notifications through of which an XPath expression is true (RFC 8040 §4.8.4). */
record NotificationFilter(XPath expression) implements Predicate<Notification> {
    private static final long VISITS = 10_000;

    @Override
    public boolean test(Notification notification) {
        try {
            return expression.test(XPathNode.root(new Above(notification.content())), new XPathBudget(VISITS));
        } catch (YangException _) {
            return false;
        }
    }

    /** What a notification stands in, as a tree with nothing else in it. */
    private record Above(InnerNode content) implements InnerNode {
        @Override
        public SchemaNode schema() {
            return content.schema().parent().orElseThrow();
        }

        @Override
        public @Nullable DataNode child(SchemaNode schema) {
            return schema == content.schema() ? content : null;
        }

        @Override
        public Iterable<DataNode> children() {
            return List.of(content);
        }
    }
}

package io.auspex.notifications.push;

import io.auspex.access.AccessControl;
import io.auspex.access.Principal;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import java.lang.ref.SoftReference;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is selected of datastores, encoded: once for all receivers who select and may see the same at the same time. */
final class Contents {
    private static final int MOST_FORMS = 256;

    private final AccessControl access;
    private final UpdateWriter writer;
    private final InstantSource clock;
    private final Map<Form, Encoded> forms = new ConcurrentHashMap<>();

    Contents(AccessControl access, UpdateWriter writer, InstantSource clock) {
        this.access = access;
        this.writer = writer;
        this.clock = clock;
    }

    /** @param reader null for one who may read everything */
    private record Form(
            Object source, String selection, @Nullable Reader reader, OpaqueNode.Encoding encoding) {}

    /** The newest encoded form. */
    private static final class Encoded {
        private @Nullable Object root;
        private Instant at = Instant.MIN;
        private SoftReference<OpaqueNode> content = new SoftReference<>(null);
    }

    /**
     * The contents for one subscription.
     *
     * @param source identifies what {@code roots} gives
     */
    record Of(
            Contents all,
            long id,
            Object source,
            Supplier<? extends InnerNode> roots,
            Selection selection,
            Principal principal,
            OpaqueNode.Encoding encoding) {

        /**
         * All that is selected and may be seen, in a push-update.
         *
         * @param notBefore the contents may be as old as that
         */
        Notification update(Instant notBefore) throws YangException {
            return all.writer.pushUpdate(all.clock.instant(), id, all.encoded(this, notBefore));
        }
    }

    private OpaqueNode encoded(Of wanted, Instant notBefore) throws YangException {
        var decisions = access.decisions(wanted.principal());
        var reader = decisions.permitsAll() ? null : Reader.of(wanted.principal());
        if (forms.size() > MOST_FORMS) {
            forms.clear();
        }
        var form = new Form(wanted.source(), wanted.selection().text(), reader, wanted.encoding());
        var encoded = forms.computeIfAbsent(form, _ -> new Encoded());
        synchronized (encoded) {
            var root = wanted.roots().get();
            var known = encoded.content.get();
            // What is committed does not change; the rules of access are committed with it.
            var same = root instanceof TreeNode ? encoded.root == root : !encoded.at.isBefore(notBefore);
            if (known != null && same) {
                return known;
            }
            var at = clock.instant();
            var content = writer.contents(wanted.selection().of(decisions.readable(root)), wanted.encoding());
            encoded.root = root instanceof TreeNode ? root : null;
            encoded.at = at;
            encoded.content = new SoftReference<>(content);
            return content;
        }
    }
}

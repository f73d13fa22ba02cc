package io.auspex.assuranceagent.tree;

import io.auspex.datastore.OperationalProvider.Feed;
import io.auspex.yang.schema.DataPath;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who want to hear that operational state has changed. */
public final class FeedHub {
    private final List<Feed> feeds = new CopyOnWriteArrayList<>();

    public AutoCloseable add(Feed feed) {
        feeds.add(feed);
        return () -> feeds.remove(feed);
    }

    public boolean isEmpty() {
        return feeds.isEmpty();
    }

    public void changed(DataPath path) {
        feeds.forEach(feed -> feed.changed(path));
    }
}

package io.auspex.yang.filter;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.LocationPath;
import java.util.List;
import java.util.Map;

/** A subtree filter compiled against the schema (RFC 6241 §6); without elements it selects nothing (§6.4.2). */
public final class SubtreeFilter {
    private static final SiblingSet NOTHING = new SiblingSet(List.of(), List.of(), Map.of(), false, false);

    private final SiblingSet set;

    SubtreeFilter(SiblingSet set) {
        this.set = set;
    }

    /** @param root of the schema that the filter is for */
    public static SubtreeFilter compile(SchemaNode root, List<FilterElement> elements) {
        return new SubtreeFilter(elements.isEmpty() ? NOTHING : SiblingSet.compile(root, elements));
    }

    /** The filter that selects what plain location paths select; those must have steps. */
    public static SubtreeFilter of(List<LocationPath> paths) {
        return new SubtreeFilter(paths.isEmpty() ? NOTHING : SiblingSet.of(paths));
    }

    /**
     * What the filter leaves of a tree, made while it is read; list entries whose keys the filter gives are looked up, not
     * searched for.
     */
    public InnerNode of(InnerNode root) {
        return of(root, Selected.WHOLE);
    }

    /** As {@link #of(InnerNode)}, with something done to the nodes that are selected. */
    public InnerNode of(InnerNode root, Selected selected) {
        return SubtreeView.of(root, set, selected);
    }

    /** True when what is selected hangs on nothing but keys, so that the path of a node tells whether it is. */
    public boolean isByPath() {
        return set.isByPath();
    }

    /** True when something at, above or below a path may be selected. */
    public boolean touches(DataPath path) {
        return set.touches(path.steps(), 0);
    }

    /** True when the node at a path is selected with all that is below it, as far as its path tells. */
    public boolean selects(DataPath path) {
        return set.selects(path.steps(), 0);
    }
}

package io.auspex.management;

import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.OperationalProvider;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.schema.SchemaNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The YANG library of the server (RFC 8525), and its first version for old clients (RFC 7895). */
public final class YangLibrary {
    /** The revision of ietf-yang-library that the resource yang-library-version names (RFC 8040 §3.3.3). */
    public static final String VERSION = "2019-01-04";

    private static final String MODULE = "ietf-yang-library";
    private static final String ALL = "all";

    private YangLibrary() {}

    /** The library of a server without RESTCONF: it tells no URLs of module texts. */
    public static OperationalProvider provider(ModelContext model, Set<DatastoreName> datastores) {
        return provider(model, datastores, "");
    }

    /**
     * The library as operational state.
     *
     * @param base the URL of {+restconf}, below which the module texts are
     */
    public static OperationalProvider provider(ModelContext model, Set<DatastoreName> datastores, String base) {
        return new Library(model, Set.copyOf(datastores), base);
    }

    /** The same for all callers but for the URLs of module texts, which are those of the listener that a caller reached. */
    private static final class Library implements OperationalProvider {
        private static final int MOST_BASES = 16;

        private final ModelContext model;
        private final Set<DatastoreName> datastores;
        private final String base;
        private final Map<String, TreeNode> byBase = new ConcurrentHashMap<>();
        private volatile @Nullable Set<SchemaNode> roots;

        Library(ModelContext model, Set<DatastoreName> datastores, String base) {
            this.model = model;
            this.datastores = datastores;
            this.base = base;
        }

        @Override
        public Set<SchemaNode> roots() {
            var known = roots;
            if (known == null) {
                known = state(TreeNode.empty(model.root())).children().stream()
                        .map(DataNode::schema)
                        .collect(Collectors.toUnmodifiableSet());
                roots = known;
            }
            return known;
        }

        @Override
        public TreeNode state(InnerNode running) {
            var url = RestconfMonitoring.BASE.orElse(base);
            if (byBase.size() > MOST_BASES) {
                byBase.clear();
            }
            return byBase.computeIfAbsent(url, u -> library(model, datastores, u));
        }

        @Override
        public boolean inMemory() {
            return true;
        }

        @Override
        public boolean feeds() {
            return true;
        }

        @Override
        public AutoCloseable feed(Feed feed) {
            return () -> {};
        }
    }

    private static TreeNode library(ModelContext model, Set<DatastoreName> datastores, String base) {
        var modules = sorted(model);
        var contentId = model.contentId();
        return NodeBuilder.node(model.root(), root -> {
            root.container(MODULE + ":yang-library", library -> {
                library.entry("module-set", set -> {
                    set.leaf("name", ALL);
                    modules.forEach(m -> set.entry("module", entry -> module(entry, model, m, base)));
                });
                library.entry("schema", schema -> schema.leaf("name", ALL).value("module-set", ALL));
                datastores.forEach(d -> model.identity(identityOf(d))
                        .ifPresent(identity -> library.entry(
                                "datastore", e -> e.leaf("name", identity).leaf("schema", ALL))));
                library.leaf("content-id", contentId);
            });
            root.container(MODULE + ":modules-state", state -> {
                state.leaf("module-set-id", contentId);
                modules.forEach(m -> state.entry("module", entry -> {
                    entry.leaf("name", m.name());
                    entry.leaf("revision", revision(m));
                    entry.leaf("namespace", m.namespace());
                    if (!base.isEmpty()) {
                        entry.leaf("schema", base + "/schema/" + m);
                    }
                    entry.text("conformance-type", "implement");
                    model.features(m.name()).forEach(f -> entry.value("feature", f));
                    model.deviations(m.name())
                            .forEach(d -> entry.entry(
                                    "deviation",
                                    e -> e.leaf("name", d)
                                            .leaf(
                                                    "revision",
                                                    revision(model.module(d).orElseThrow()))));
                }));
            });
        });
    }

    private static String revision(ModuleInfo module) {
        return module.revision() == null ? "" : module.revision();
    }

    /** The identity of a datastore, {@code module:name}. */
    public static String identityOf(DatastoreName datastore) {
        return switch (datastore) {
            case RUNNING, CANDIDATE, INTENDED, OPERATIONAL -> "ietf-datastores:" + datastore;
            case FACTORY_DEFAULT -> "ietf-factory-default:" + datastore;
        };
    }

    private static void module(NodeBuilder entry, ModelContext model, ModuleInfo module, String base) {
        entry.leaf("name", module.name()).leaf("namespace", module.namespace());
        if (module.revision() != null) {
            entry.leaf("revision", module.revision());
        }
        if (!base.isEmpty()) {
            entry.value("location", base + "/schema/" + module);
        }
        model.features(module.name()).forEach(f -> entry.value("feature", f));
        model.deviations(module.name()).forEach(d -> entry.value("deviation", d));
        model.submodules(module.name())
                .forEach((name, revision) -> entry.entry("submodule", s -> {
                    s.leaf("name", name);
                    if (!revision.isEmpty()) {
                        s.leaf("revision", revision);
                    }
                }));
    }

    private static List<ModuleInfo> sorted(ModelContext model) {
        return model.modules().stream()
                .sorted(Comparator.comparing(ModuleInfo::name))
                .toList();
    }
}

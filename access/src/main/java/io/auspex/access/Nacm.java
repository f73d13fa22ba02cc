package io.auspex.access;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.ModelContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The access control rules of one version of the running configuration (RFC 8341), immutable: a commit that changes the
 * rules makes another, and with it all decisions are made anew.
 */
public final class Nacm {
    private static final int MAX_GROUP_SETS = 256;

    private final boolean enabled;
    private final boolean externalGroups;
    private final Defaults defaults;
    private final Map<String, Set<String>> groupsOf;
    private final List<NacmReader.RuleList> ruleLists;
    private final List<String> problems;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Set<String>, RuleIndex> byGroups = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Set<String>, RuleIndex> eldest) {
            return size() > MAX_GROUP_SETS;
        }
    };

    /** What applies where no rule matches (RFC 8341 §3.4.4 to §3.4.6). */
    record Defaults(boolean read, boolean write, boolean exec) {
        boolean permits(Access access) {
            return switch (access) {
                case READ -> read;
                case CREATE, UPDATE, DELETE -> write;
                case EXEC -> exec;
            };
        }
    }

    private Nacm(
            boolean enabled,
            boolean externalGroups,
            Defaults defaults,
            Map<String, Set<String>> groupsOf,
            List<NacmReader.RuleList> ruleLists,
            List<String> problems) {
        this.enabled = enabled;
        this.externalGroups = externalGroups;
        this.defaults = defaults;
        this.groupsOf = groupsOf;
        this.ruleLists = List.copyOf(ruleLists);
        this.problems = List.copyOf(problems);
    }

    /** Rules that permit everything, for a server without access control. */
    public static Nacm disabled() {
        return new Nacm(false, true, new Defaults(true, true, true), Map.of(), List.of(), List.of());
    }

    /**
     * The rules of a running configuration; the defaults of the module where it says nothing.
     *
     * @param runningRoot the root node
     * @throws IllegalArgumentException when the model has no module ietf-netconf-acm
     */
    public static Nacm of(ModelContext model, InnerNode runningRoot) {
        var schema = model.root()
                .child("ietf-netconf-acm", "nacm")
                .orElseThrow(() -> new IllegalArgumentException("the model has no module ietf-netconf-acm"));
        if (!(runningRoot.child(schema) instanceof InnerNode nacm)) {
            return new Nacm(true, true, new Defaults(true, false, true), Map.of(), List.of(), List.of());
        }
        var reader = new NacmReader(model);
        var lists = reader.ruleLists(nacm);
        return new Nacm(
                !Boolean.FALSE.equals(nacm.value("enable-nacm").orElse(true)),
                !Boolean.FALSE.equals(nacm.value("enable-external-groups").orElse(true)),
                new Defaults(
                        permits(nacm, "read-default", true),
                        permits(nacm, "write-default", false),
                        permits(nacm, "exec-default", true)),
                reader.groups(nacm),
                lists,
                reader.problems());
    }

    private static boolean permits(InnerNode nacm, String leaf, boolean otherwise) {
        return nacm.value(leaf).map("permit"::equals).orElse(otherwise);
    }

    /**
     * Rules that match nothing because their path cannot be read or names no node of the model, each with the reason; a
     * commit that brings such rules is best refused.
     */
    public List<String> problems() {
        return problems;
    }

    /** What a principal may do under these rules; to be asked for anew by every request and for every event. */
    public Decisions forPrincipal(Principal principal) {
        if (!enabled || principal.recovery()) {
            return Decisions.everything(principal.name());
        }
        var groups = groupsOf.getOrDefault(principal.name(), Set.of());
        if (externalGroups && !principal.externalGroups().isEmpty()) {
            groups = new HashSet<>(groups);
            groups.addAll(principal.externalGroups());
        }
        return Decisions.of(index(groups), principal.name());
    }

    /** The index of a set of groups; of those not asked for lately it is made anew. */
    private RuleIndex index(Set<String> groups) {
        lock.lock();
        try {
            return byGroups.computeIfAbsent(groups, this::newIndex);
        } finally {
            lock.unlock();
        }
    }

    private RuleIndex newIndex(Set<String> groups) {
        var rules = new ArrayList<Rule>();
        if (!groups.isEmpty()) {
            for (var list : ruleLists) {
                if (list.appliesTo(groups)) {
                    rules.addAll(list.rules());
                }
            }
        }
        return new RuleIndex(rules, defaults);
    }
}

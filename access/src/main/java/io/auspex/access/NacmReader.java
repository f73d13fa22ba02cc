package io.auspex.access;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.schema.Bits;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the configuration {@code /ietf-netconf-acm:nacm} (RFC 8341 §3.3). */
final class NacmReader {
    private static final String ALL = "*";

    private final ModelContext model;
    private final List<String> problems = new ArrayList<>();

    NacmReader(ModelContext model) {
        this.model = model;
    }

    /** What could not be read, each naming its rule. */
    List<String> problems() {
        return problems;
    }

    /** The groups of each user. */
    Map<String, Set<String>> groups(InnerNode nacm) {
        var groupsOf = new HashMap<String, Set<String>>();
        nacm.inner("groups").flatMap(g -> g.list("group")).ifPresent(groups -> {
            for (var group : groups) {
                var name = text(group, "name");
                values(group, "user-name")
                        .forEach(user -> groupsOf.computeIfAbsent(user, u -> new HashSet<>())
                                .add(name));
            }
        });
        return groupsOf;
    }

    List<RuleList> ruleLists(InnerNode nacm) {
        var lists = new ArrayList<RuleList>();
        nacm.list("rule-list").ifPresent(all -> {
            for (var list : all) {
                var name = text(list, "name");
                var groups = values(list, "group");
                var rules = new ArrayList<Rule>();
                list.list("rule").ifPresent(entries -> entries.forEach(e -> addRule(name, e, rules)));
                lists.add(new RuleList(groups.contains(ALL), groups, rules));
            }
        });
        return lists;
    }

    private void addRule(String list, InnerNode entry, List<Rule> rules) {
        var name = "rule-list '" + list + "' rule '" + text(entry, "name") + "'";
        var permit = "permit".equals(text(entry, "action"));
        try {
            rules.add(new Rule(name, wild(entry, "module-name"), target(entry), accesses(entry), permit));
        } catch (InvalidValueException e) {
            problems.add(name + ": path '" + text(entry, "path") + "': " + e.getMessage());
        }
    }

    private Rule.Target target(InnerNode entry) throws InvalidValueException {
        if (entry.value("path").isPresent()) {
            return new Rule.Target.Data(NodePathParser.parse(model, text(entry, "path")));
        }
        if (entry.value("rpc-name").isPresent()) {
            return new Rule.Target.Operation(wild(entry, "rpc-name"));
        }
        return entry.value("notification-name").isPresent()
                ? new Rule.Target.Event(wild(entry, "notification-name"))
                : new Rule.Target.Anything();
    }

    private static Set<Access> accesses(InnerNode entry) {
        var value = entry.value("access-operations").orElse(ALL);
        if (!(value instanceof Bits(var names))) {
            return EnumSet.allOf(Access.class);
        }
        var accesses = EnumSet.noneOf(Access.class);
        for (var access : Access.values()) {
            if (names.contains(access.toString())) {
                accesses.add(access);
            }
        }
        return accesses;
    }

    /** The value of a leaf; null where it is missing or stands for everything. */
    private static @Nullable String wild(InnerNode entry, String leaf) {
        return entry.value(leaf)
                .map(Object::toString)
                .filter(v -> !v.equals(ALL))
                .orElse(null);
    }

    private static String text(InnerNode entry, String leaf) {
        return entry.value(leaf).map(Object::toString).orElse("");
    }

    private static Set<String> values(InnerNode entry, String leafList) {
        var all = new HashSet<String>();
        if (entry.schema().child(leafList).map(entry::child).orElse(null) instanceof LeafListNode values) {
            values.forEach(v -> all.add(v.toString()));
        }
        return all;
    }

    /** A rule-list (RFC 8341 §3.3.4). */
    record RuleList(boolean everyGroup, Set<String> groups, List<Rule> rules) {
        RuleList {
            groups = Set.copyOf(groups);
            rules = List.copyOf(rules);
        }

        boolean appliesTo(Set<String> userGroups) {
            return everyGroup || userGroups.stream().anyMatch(groups::contains);
        }
    }
}

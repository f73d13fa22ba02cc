package io.auspex.access;

import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * RFC 8341 §3.4 written down step by step, on text and without any index: what {@link Nacm} is compared with.
 *
 * @param defaults permit or deny for read, write, exec
 */
record NaiveNacm(
        boolean enabled, boolean external, List<Boolean> defaults, List<NaiveGroup> groups, List<NaiveList> lists) {

    record NaiveGroup(String name, List<String> users) {}

    record NaiveList(List<String> groups, List<NaiveRule> rules) {}

    /**
     * A rule as its leafs.
     *
     * @param type null, rpc, notification or path
     * @param accesses bits, or * alone
     */
    record NaiveRule(String module, @Nullable String type, String name, String accesses, boolean permit) {}

    boolean permits(Principal who, Access access, SchemaNode node, @Nullable DataPath path) {
        if (!enabled || who.recovery()) {
            return true;
        }
        var rpc = node.kind() == NodeKind.RPC;
        if (rpc && node.name().equals("close-session")) {
            return true;
        }
        var mine = new TreeSet<String>();
        groups.stream().filter(g -> g.users().contains(who.name())).forEach(g -> mine.add(g.name()));
        if (external) {
            mine.addAll(who.externalGroups());
        }
        if (!mine.isEmpty()) {
            for (var list : lists) {
                if (!list.groups().contains("*") && list.groups().stream().noneMatch(mine::contains)) {
                    continue;
                }
                for (var rule : list.rules()) {
                    if (matches(rule, who, access, node, path)) {
                        return rule.permit();
                    }
                }
            }
        }
        return byDefault(access, node, rpc);
    }

    private boolean byDefault(Access access, SchemaNode node, boolean rpc) {
        for (SchemaNode at = node; at != null; at = at.parent().orElse(null)) {
            if (at.toString().equals("/ietf-system:system/authentication/user/password")) {
                return false;
            }
            for (var extension : at.extensions()) {
                if (extension.endsWith("default-deny-all")
                        || extension.endsWith("default-deny-write")
                                && Set.of(Access.CREATE, Access.UPDATE, Access.DELETE)
                                        .contains(access)) {
                    return false;
                }
            }
        }
        if (rpc && Set.of("kill-session", "delete-config").contains(node.name())) {
            return false;
        }
        return defaults.get(access == Access.READ ? 0 : access == Access.EXEC ? 2 : 1);
    }

    private static boolean matches(
            NaiveRule rule, Principal who, Access access, SchemaNode node, @Nullable DataPath path) {
        if (!rule.module().equals("*") && !rule.module().equals(node.module().name())) {
            return false;
        }
        if (!rule.accesses().equals("*") && !List.of(rule.accesses().split(" ")).contains(access.toString())) {
            return false;
        }
        if (rule.type() == null) {
            return true;
        }
        return switch (rule.type()) {
            case "rpc-name" ->
                node.kind() == NodeKind.RPC
                        && (rule.name().equals("*") || rule.name().equals(node.name()));
            case "notification-name" ->
                node.kind() == NodeKind.NOTIFICATION
                        && path == null
                        && (rule.name().equals("*") || rule.name().equals(node.name()));
            default -> path != null && covers(rule.name(), who.name(), path);
        };
    }

    /** Compares step by step: {@code acme:a/acme:b[k='v']} with the path of the node or of one above it. */
    private static boolean covers(String rulePath, String user, DataPath path) {
        if (rulePath.equals("/")) {
            return true;
        }
        var wanted = rulePath.substring(1).split("/");
        var steps = path.steps();
        if (wanted.length > steps.size()) {
            return false;
        }
        var all = new ArrayList<String>();
        for (var i = 0; i < wanted.length; i++) {
            var step = steps.get(i);
            var bracket = wanted[i].indexOf('[');
            var name = bracket < 0 ? wanted[i] : wanted[i].substring(0, bracket);
            if (!name.equals(step.schema().qualifiedName())) {
                return false;
            }
            if (bracket >= 0) {
                var value = wanted[i].substring(wanted[i].indexOf('=') + 1, wanted[i].length() - 1);
                var expected = value.equals("$USER") ? user : value.substring(1, value.length() - 1);
                if (step.key().isEmpty() || !step.key().get().value(0).equals(expected)) {
                    return false;
                }
            }
            all.add(name);
        }
        return all.size() == wanted.length;
    }

    String json() {
        var text = new StringBuilder("{'enable-nacm':" + enabled + ",'enable-external-groups':" + external
                + ",'read-default':'" + action(defaults.get(0)) + "','write-default':'" + action(defaults.get(1))
                + "','exec-default':'" + action(defaults.get(2)) + "','groups':{'group':[");
        text.append(String.join(
                ",",
                groups.stream()
                        .map(g -> "{'name':'" + g.name() + "','user-name':[" + quoted(g.users()) + "]}")
                        .toList()));
        text.append("]},'rule-list':[");
        for (var i = 0; i < lists.size(); i++) {
            text.append(i == 0 ? "" : ",").append("{'name':'l").append(i).append("','group':[");
            text.append(quoted(lists.get(i).groups())).append("],'rule':[");
            var rules = lists.get(i).rules();
            for (var j = 0; j < rules.size(); j++) {
                var rule = rules.get(j);
                text.append(j == 0 ? "" : ",").append("{'name':'r").append(j).append("','module-name':'");
                text.append(rule.module()).append("',");
                if (rule.type() != null) {
                    text.append("'").append(rule.type()).append("':'");
                    text.append(rule.name().replace('\'', '~')).append("',");
                }
                text.append("'access-operations':'").append(rule.accesses()).append("','action':'");
                text.append(action(rule.permit())).append("'}");
            }
            text.append("]}");
        }
        return text.append("]}").toString();
    }

    private static String action(boolean permit) {
        return permit ? "permit" : "deny";
    }

    private static String quoted(List<String> texts) {
        return String.join(",", texts.stream().map(t -> "'" + t + "'").toList());
    }
}

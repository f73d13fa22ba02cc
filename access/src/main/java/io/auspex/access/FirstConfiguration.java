package io.auspex.access;

import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.TreeLeafList;
import io.auspex.yang.data.TreeList;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of users and access control of a server that has none yet: local users (RFC 7317 §3.3), and a group of
 * administrators who may do everything; for all others the defaults of RFC 8341 apply.
 */
public final class FirstConfiguration {
    private static final String ADMINISTRATORS = "admin";

    private FirstConfiguration() {}

    /**
     * The top-level nodes {@code ietf-system:system} and {@code ietf-netconf-acm:nacm}.
     *
     * @param users password hash of each user
     * @param administrators names of users that may do everything
     */
    public static List<DataNode> of(ModelContext model, Map<String, Secret> users, Set<String> administrators) {
        return List.of(system(model, users), nacm(model, administrators));
    }

    private static DataNode system(ModelContext model, Map<String, Secret> users) {
        var system = top(model, "ietf-system", "system");
        var authentication = child(system, "authentication");
        var list = child(authentication, "user");
        var entries = new ArrayList<InnerNode>();
        users.forEach((name, hash) ->
                entries.add(node(list, leaf(list, "name", name), leaf(list, "password", hash.reveal()))));
        return node(system, node(authentication, TreeList.of(list, entries)));
    }

    private static DataNode nacm(ModelContext model, Set<String> administrators) {
        var nacm = top(model, "ietf-netconf-acm", "nacm");
        var groups = child(nacm, "groups");
        var group = child(groups, "group");
        var members = TreeLeafList.of(child(group, "user-name"), administrators);
        var lists = child(nacm, "rule-list");
        var rules = child(lists, "rule");
        var everything = node(
                rules,
                leaf(rules, "name", "permit-all"),
                leaf(rules, "module-name", "*"),
                leaf(rules, "access-operations", "*"),
                leaf(rules, "action", "permit"));
        var ruleList = node(
                lists,
                leaf(lists, "name", ADMINISTRATORS),
                TreeLeafList.of(child(lists, "group"), List.of(ADMINISTRATORS)),
                TreeList.of(rules, List.of(everything)));
        return node(
                nacm,
                node(groups, TreeList.of(group, List.of(node(group, leaf(group, "name", ADMINISTRATORS), members)))),
                TreeList.of(lists, List.of(ruleList)));
    }

    private static SchemaNode top(ModelContext model, String module, String name) {
        return model.root()
                .child(module, name)
                .orElseThrow(() -> new IllegalArgumentException("the model has no " + module + ":" + name));
    }

    private static SchemaNode child(SchemaNode parent, String name) {
        return parent.child(name).orElseThrow(() -> new IllegalArgumentException(parent + " has no " + name));
    }

    private static LeafNode leaf(SchemaNode parent, String name, Object value) {
        return new LeafNode(child(parent, name), value);
    }

    private static TreeNode node(SchemaNode schema, DataNode... children) {
        return TreeNode.of(schema, Arrays.asList(children));
    }
}

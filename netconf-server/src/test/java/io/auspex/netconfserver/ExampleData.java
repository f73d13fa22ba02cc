package io.auspex.netconfserver;

import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.util.Set;
import java.util.function.Consumer;

/** The users and interfaces of the examples of RFC 6241 §6.4. */
final class ExampleData {
    static final String NAMESPACE = "http://example.com/schema/1.2/config";
    static final ModelContext MODEL = ModelLoader.loadOnly(Set.of(
            "example-config",
            "ietf-netconf",
            "ietf-netconf-monitoring",
            "ietf-netconf-with-defaults",
            "ietf-netconf-nmda",
            "nc-notifications",
            "ietf-netconf-notifications",
            "ietf-netconf-partial-lock",
            "ietf-origin",
            "ietf-netconf-private-candidate",
            "ietf-netconf-txid",
            "ietf-nmda-compare",
            "ietf-yang-library",
            "ietf-datastores"));

    private ExampleData() {}

    static TreeNode root(Consumer<NodeBuilder> top) {
        return NodeBuilder.node(MODEL.root(), root -> root.container("example-config:top", top));
    }

    static TreeNode whole() {
        return root(top -> top.container("users", users -> {
                    user(users, "root", "superuser", "Charlie Root", 1, 1);
                    user(users, "fred", "admin", "Fred Flintstone", 2, 2);
                    user(users, "barney", "admin", "Barney Rubble", 2, 3);
                })
                .container(
                        "interfaces",
                        interfaces -> interfaces
                                .entry(
                                        "interface",
                                        e -> e.leaf("ifName", "eth0")
                                                .leaf("mtu", 1500L)
                                                .leaf("ifInErrors", 45621L))
                                .entry(
                                        "interface",
                                        e -> e.leaf("ifName", "eth1").leaf("ifInErrors", 3L))));
    }

    private static void user(NodeBuilder users, String name, String type, String fullName, long dept, long id) {
        users.entry(
                "user",
                u -> u.leaf("name", name)
                        .leaf("type", type)
                        .leaf("full-name", fullName)
                        .value("alias", name + "-1")
                        .value("alias", name + "-2")
                        .container("company-info", c -> c.leaf("dept", dept).leaf("id", id)));
    }
}

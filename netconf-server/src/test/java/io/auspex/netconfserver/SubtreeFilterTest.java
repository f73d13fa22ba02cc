package io.auspex.netconfserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfserver.operation.Filter;
import io.auspex.yang.InputLimits;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.filter.Selected;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubtreeFilterTest {
    private static final String TOP = "<top xmlns='" + ExampleData.NAMESPACE + "'>";

    private static TreeNode filtered(String filter) throws ProtocolException {
        var element = XmlElement.parse(("<filter>" + filter + "</filter>").getBytes(UTF_8), InputLimits.DEFAULT);
        return (TreeNode)
                Trees.copy(new Filter.Subtree(element).of(ExampleData.whole(), ExampleData.MODEL, Selected.WHOLE));
    }

    private static TreeNode users(Consumer<NodeBuilder> users) {
        return ExampleData.root(top -> top.container("users", users));
    }

    private static final TreeNode NOTHING = TreeNode.empty(ExampleData.MODEL.root());

    @Nested
    class Section_6_4_examples {
        @Test
        void an_empty_filter_selects_nothing() throws Exception {
            assertThat(filtered("")).isEqualTo(NOTHING);
        }

        @Test
        void a_selection_node_selects_its_whole_subtree() throws Exception {
            // When
            var found = filtered(TOP + "<users/></top>");
            // Then
            assertThat(found)
                    .isEqualTo(ExampleData.root(top -> top.child(ExampleData.whole()
                            .inner("top")
                            .flatMap(t -> t.inner("users"))
                            .orElseThrow())));
        }

        @Test
        void a_selection_below_a_list_selects_of_every_entry_with_its_key() throws Exception {
            // When
            var found = filtered(TOP + "<users><user><type/></user></users></top>");
            // Then
            assertThat(found)
                    .isEqualTo(users(u -> u.entry(
                                    "user", e -> e.leaf("name", "barney").leaf("type", "admin"))
                            .entry("user", e -> e.leaf("name", "fred").leaf("type", "admin"))
                            .entry("user", e -> e.leaf("name", "root").leaf("type", "superuser"))));
        }

        @Test
        void a_content_match_alone_selects_the_whole_entry() throws Exception {
            // When
            var found = filtered(TOP + "<users><user><name>fred</name></user></users></top>");
            // Then
            var user = found.inner("top")
                    .flatMap(t -> t.inner("users"))
                    .flatMap(u -> u.list("user"))
                    .orElseThrow();
            assertThat(user).singleElement().satisfies(e -> {
                assertThat(e.value("full-name")).contains("Fred Flintstone");
                assertThat(e.inner("company-info")).isPresent();
            });
        }

        @Test
        void a_content_match_with_selections_selects_these_alone() throws Exception {
            // When
            var found = filtered(TOP + "<users><user><name>fred</name><type/><full-name/></user></users></top>");
            // Then
            assertThat(found)
                    .isEqualTo(users(u -> u.entry(
                            "user",
                            e -> e.leaf("name", "fred").leaf("type", "admin").leaf("full-name", "Fred Flintstone"))));
        }

        @Test
        void several_subtrees_of_one_list_are_united() throws Exception {
            // When
            var found = filtered(TOP + """
                    <users>
                      <user><name>root</name><company-info/></user>
                      <user><name>fred</name><company-info><id/></company-info></user>
                      <user><name>barney</name><type>superuser</type><company-info><dept/></company-info></user>
                    </users></top>""");
            // Then
            assertThat(found)
                    .isEqualTo(users(u -> u.entry(
                                    "user",
                                    e -> e.leaf("name", "fred").container("company-info", c -> c.leaf("id", 2L)))
                            .entry(
                                    "user",
                                    e -> e.leaf("name", "root")
                                            .container(
                                                    "company-info",
                                                    c -> c.leaf("dept", 1L).leaf("id", 1L)))));
        }

        @Test
        void several_roots_are_answered_together() throws Exception {
            // When
            var found = filtered(TOP + "<users><user><name>fred</name><type/></user></users></top>" + TOP
                    + "<interfaces><interface><ifName>eth1</ifName></interface></interfaces></top>");
            // Then
            assertThat(found)
                    .isEqualTo(ExampleData.root(top -> top.container(
                                    "users",
                                    u -> u.entry(
                                            "user", e -> e.leaf("name", "fred").leaf("type", "admin")))
                            .container(
                                    "interfaces",
                                    i -> i.entry(
                                            "interface",
                                            e -> e.leaf("ifName", "eth1").leaf("ifInErrors", 3L)))));
        }
    }

    @Nested
    class Section_6_2_components {
        @Test
        void an_element_without_namespace_matches_in_any() throws Exception {
            assertThat(filtered("<top><interfaces><interface><mtu/></interface></interfaces></top>"))
                    .isEqualTo(ExampleData.root(top -> top.container(
                            "interfaces",
                            i -> i.entry(
                                    "interface", e -> e.leaf("ifName", "eth0").leaf("mtu", 1500L)))));
        }

        @Test
        void two_elements_for_one_entry_give_both_their_parts() throws Exception {
            assertThat(filtered(TOP + "<users><user><name>fred</name><type/></user>"
                            + "<user><full-name>Fred Flintstone</full-name><company-info><dept/></company-info></user>"
                            + "</users></top>"))
                    .isEqualTo(users(u -> u.entry(
                            "user",
                            e -> e.leaf("name", "fred")
                                    .leaf("type", "admin")
                                    .leaf("full-name", "Fred Flintstone")
                                    .container("company-info", c -> c.leaf("dept", 2L)))));
        }

        @Test
        void a_content_match_on_a_leaf_list_keeps_the_value_that_matches() throws Exception {
            assertThat(filtered(TOP + "<users><user><alias>fred-2</alias><type/></user></users></top>"))
                    .isEqualTo(users(u -> u.entry(
                            "user",
                            e -> e.leaf("name", "fred").leaf("type", "admin").value("alias", "fred-2"))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<top xmlns='urn:other'/>",
                    "<nothing xmlns='" + ExampleData.NAMESPACE + "'/>",
                    "<top xmlns='" + ExampleData.NAMESPACE + "'><users colour='red'/></top>",
                    "<top xmlns='" + ExampleData.NAMESPACE + "'><users><user><name>wilma</name></user></users></top>",
                    "<top xmlns='" + ExampleData.NAMESPACE
                            + "'><users><user><company-info><dept>no number</dept></company-info></user></users></top>",
                    "<top xmlns='" + ExampleData.NAMESPACE + "'><users>text</users></top>",
                    "<top xmlns='" + ExampleData.NAMESPACE + "'><users><user><colour/></user></users><marker/></top>",
                })
        void what_matches_nothing_leaves_no_empty_containers(String filter) throws Exception {
            assertThat(filtered(filter)).isEqualTo(NOTHING);
        }
    }

    @Test
    void an_entry_whose_key_the_filter_gives_is_looked_up_and_the_list_not_walked() throws Exception {
        // Given
        var filter = XmlElement.parse(
                ("<filter>" + TOP + "<users><user><name>fred</name></user></users></top></filter>").getBytes(UTF_8),
                InputLimits.DEFAULT);
        // When
        var view =
                new Filter.Subtree(filter).of(new Unwalkable(ExampleData.whole()), ExampleData.MODEL, Selected.WHOLE);
        // Then
        var top = (InnerNode) view.children().iterator().next();
        var users = (InnerNode) top.children().iterator().next();
        var list = (ListNode) users.children().iterator().next();
        assertThat(list.iterator().next().value("name")).contains("fred");
    }

    /** A tree whose lists can be asked for an entry and cannot be iterated. */
    private record Unwalkable(InnerNode node) implements InnerNode {
        @Override
        public SchemaNode schema() {
            return node.schema();
        }

        @Override
        public @Nullable DataNode child(SchemaNode schema) {
            return switch (node.child(schema)) {
                case null -> null;
                case InnerNode inner -> new Unwalkable(inner);
                case ListNode list -> new UnwalkableList(list);
                case LeafNode leaf -> leaf;
                case DataNode other -> other;
            };
        }

        @Override
        public Iterable<DataNode> children() {
            throw new AssertionError("walked over the children of " + schema());
        }
    }

    private record UnwalkableList(ListNode list) implements ListNode {
        @Override
        public SchemaNode schema() {
            return list.schema();
        }

        @Override
        public @Nullable InnerNode entry(ListKey key) {
            return list.entry(key);
        }

        @Override
        public Iterator<InnerNode> iterator() {
            throw new AssertionError("walked over " + schema());
        }

        @Override
        public int size() {
            return list.size();
        }
    }
}

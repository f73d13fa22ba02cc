package io.auspex.datastore;

import static io.auspex.datastore.Operation.CREATE;
import static io.auspex.datastore.Operation.DELETE;
import static io.auspex.datastore.Operation.MERGE;
import static io.auspex.datastore.Operation.NONE;
import static io.auspex.datastore.Operation.REMOVE;
import static io.auspex.datastore.Operation.REPLACE;
import static io.auspex.datastore.TestModel.data;
import static io.auspex.datastore.TestModel.edit;
import static io.auspex.datastore.TestModel.json;
import static io.auspex.datastore.TestModel.path;
import static io.auspex.datastore.TestModel.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.data.Position;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ListKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditApplierTest {
    private static String after(TreeNode root, Edit... edits) throws YangException {
        return json(EditApplier.apply(root, List.of(edits)))
                .replace("{'ietf-restconf:data':", "")
                .replace("store-test:", "");
    }

    private static YangError fault(TreeNode root, Edit edit) {
        return catchThrowableOfType(YangException.class, () -> EditApplier.apply(root, List.of(edit)))
                .first();
    }

    private static final TreeNode EMPTY = TreeNode.empty(TestModel.MODEL.root());
    private static final TreeNode TWO =
            root("{'store-test:top':{'mtu':9,'entry':[{'a':'k','b':1,'val':'v'},{'a':'k','b':2,'in':{'x':'p'}}]}}");
    private static final TreeNode ROWS =
            root("{'store-test:top':{'prio':['p','q','r'],'row':[{'id':1},{'id':2,'text':'two'},{'id':3}]}}");

    @Test
    void mergeCombinesAndTheEditWins() throws YangException {
        assertThat(after(
                        TWO,
                        edit(MERGE, "/top", "{'mtu':10,'entry':[{'a':'k','b':1,'in':{'x':'n'}},{'a':'z','b':3}]}")))
                .isEqualTo("{'top':{'mtu':10,'entry':[{'a':'k','b':1,'val':'v','in':{'x':'n'}},"
                        + "{'a':'k','b':2,'in':{'x':'p'}},{'a':'z','b':3}]}}}");
    }

    @Test
    void replaceLeavesNothingOfWhatWasThere() throws YangException {
        assertThat(after(TWO, edit(REPLACE, "/top/entry[a='k'][b='1']", "{'a':'k','b':1,'in':{'y':'n'}}")))
                .isEqualTo(
                        "{'top':{'mtu':9,'entry':[{'a':'k','b':1,'in':{'y':'n'}},{'a':'k','b':2,'in':{'x':'p'}}]}}}");
    }

    @Test
    void replacingByTheSameChangesNothingAtAll() throws YangException {
        var same = edit(
                REPLACE, "/", json(TWO).replace("{'ietf-restconf:data':", "").replaceAll("}$", ""));
        assertThat(EditApplier.apply(TWO, List.of(same))).isSameAs(TWO);
    }

    @Test
    void replacingKeepsTheNodesOfPartsThatAreEqual() throws YangException {
        var changed = EditApplier.apply(
                TWO,
                List.of(edit(
                        REPLACE,
                        "/top",
                        "{'mtu':8,'entry':[{'a':'k','b':1,'val':'v'},{'a':'k','b':2,'in':{'x':'q'}}]}")));
        assertThat(Differences.between(TWO, changed))
                .extracting(c -> c.path().toString())
                .containsExactly("/store-test:top/mtu", "/store-test:top/entry[a='k'][b='2']/in/x");
    }

    @Test
    void createRefusesWhatIsThere() throws YangException {
        var create = edit(CREATE, "/top/entry[a='k'][b='1']", "{'a':'k','b':1}");
        assertThat(after(EMPTY, edit(MERGE, "/top", "{'mtu':1}"), create))
                .isEqualTo("{'top':{'mtu':1,'entry':[{'a':'k','b':1}]}}}");
        assertThat(fault(TWO, create)).satisfies(e -> {
            assertThat(e.tag()).isEqualTo(ErrorTag.DATA_EXISTS);
            assertThat(e.message()).isEqualTo("/store-test:top/entry[a='k'][b='1']: exists already");
        });
    }

    @Test
    void deleteNeedsTheNodeAndRemoveDoesNot() throws YangException {
        assertThat(after(TWO, edit(DELETE, "/top/entry[a='k'][b='1']"), edit(REMOVE, "/top/entry[a='k'][b='7']/in")))
                .isEqualTo("{'top':{'mtu':9,'entry':[{'a':'k','b':2,'in':{'x':'p'}}]}}}");
        assertThat(fault(TWO, edit(DELETE, "/top/tag[.='x']")).tag()).isEqualTo(ErrorTag.DATA_MISSING);
        assertThat(fault(TWO, edit(NONE, "/top/low")).tag()).isEqualTo(ErrorTag.DATA_MISSING);
    }

    @Test
    void structuralContainersComeAndGoWithWhatIsInThem() throws YangException {
        var made = EditApplier.apply(EMPTY, List.of(edit(MERGE, "/top/deep/deeper/x", "'v'")));
        assertThat(json(made)).contains("'deep':{'deeper':{'x':'v'}}");
        assertThat(EditApplier.apply(made, List.of(edit(DELETE, "/top/deep/deeper/x"))))
                .isEqualTo(EMPTY);
        assertThat(EditApplier.apply(EMPTY, List.of(edit(MERGE, "/top", "{'deep':{'deeper':{}}}"))))
                .isSameAs(EMPTY);
    }

    @Test
    void aPresenceContainerStaysWhenEmptyAndIsNotMadeForItsChildren() throws YangException {
        var made = EditApplier.apply(EMPTY, List.of(edit(MERGE, "/top/present", "{'other':'o'}")));
        assertThat(after(made, edit(DELETE, "/top/present/other"))).isEqualTo("{'top':{'present':{}}}}");
        assertThat(fault(EMPTY, edit(MERGE, "/top/present/other", "'o'")).message())
                .isEqualTo("/store-test:top/present/other: /store-test:top/present does not exist");
    }

    @Test
    void anEntryAboveTheTargetHasToBeThere() {
        assertThat(fault(TWO, edit(REPLACE, "/top/entry[a='q'][b='1']/val", "'v'")))
                .satisfies(e -> {
                    assertThat(e.tag()).isEqualTo(ErrorTag.DATA_MISSING);
                    assertThat(e.message())
                            .isEqualTo("/store-test:top/entry[a='q'][b='1']/val: "
                                    + "/store-test:top/entry[a='q'][b='1'] does not exist");
                });
    }

    @Test
    void theKeysInTheDataAreThoseOfTheTarget() {
        assertThat(fault(TWO, edit(REPLACE, "/top/entry[a='k'][b='1']", "{'a':'k','b':2}"))
                        .message())
                .isEqualTo("/store-test:top/entry[a='k'][b='1']: the data is entry"
                        + " /store-test:top/entry[a='k'][b='2']");
        assertThat(fault(TWO, edit(DELETE, "/top/entry[a='k'][b='1']/a")).message())
                .contains("is a key");
    }

    @Test
    void stateIsRefusedAndNamed() {
        assertThat(fault(EMPTY, edit(MERGE, "/top", "{'mtu':1,'state':{'uptime':'3'}}"))
                        .message())
                .isEqualTo("/store-test:top/state: is state (config false) and cannot be edited");
        assertThat(fault(EMPTY, edit(MERGE, "/top/state/uptime", "'3'")).tag())
                .isEqualTo(ErrorTag.OPERATION_NOT_SUPPORTED);
    }

    @Test
    void anotherCaseDeletesTheOneThatWasThere() throws YangException {
        var left = EditApplier.apply(EMPTY, List.of(edit(MERGE, "/top", "{'mtu':9,'left':'l','steep':'s'}")));
        assertThat(after(left, edit(MERGE, "/top/shallow", "'x'")))
                .isEqualTo("{'top':{'mtu':9,'left':'l','shallow':'x'}}}");
        assertThat(after(left, edit(MERGE, "/top/right", "'r'"))).isEqualTo("{'top':{'mtu':9,'right':'r'}}}");
        var both = TreeNode.of(
                path("/top").schema(), List.of(data(path("/top/left"), "'l'"), data(path("/top/right"), "'r'")));
        assertThat(fault(EMPTY, new Edit(MERGE, path("/top"), both)).tag()).isEqualTo(ErrorTag.BAD_ELEMENT);
    }

    @Test
    void insertPutsAnEntryWhereTheUserWantsIt() throws YangException {
        assertThat(after(
                        ROWS,
                        edit(CREATE, "/top/row[id='9']", "{'id':9}", new Position.After(ListKey.of(1L))),
                        edit(MERGE, "/top/row[id='3']", "{'id':3}", new Position.First()),
                        edit(MERGE, "/top/prio[.='r']", "'r'", new Position.Before(ListKey.of("p"))),
                        edit(CREATE, "/top/row[id='8']", "{'id':8}")))
                .isEqualTo("{'top':{'prio':['r','p','q'],"
                        + "'row':[{'id':3},{'id':1},{'id':9},{'id':2,'text':'two'},{'id':8}]}}}");
        assertThat(fault(ROWS, edit(CREATE, "/top/row[id='9']", "{'id':9}", new Position.After(ListKey.of(77L)))))
                .satisfies(e -> {
                    assertThat(e.tag()).isEqualTo(ErrorTag.BAD_ATTRIBUTE);
                    assertThat(e.appTag()).isEqualTo("missing-instance");
                    assertThat(e.info()).containsExactly(ErrorInfo.badAttribute("key"), ErrorInfo.badElement("row"));
                });
    }

    @Test
    void changesNameTheTopmostNodes() throws YangException {
        var changed = EditApplier.apply(
                ROWS,
                List.of(
                        edit(MERGE, "/top/row[id='3']", "{'id':3}", new Position.First()),
                        edit(DELETE, "/top/row[id='1']"),
                        edit(MERGE, "/top/row[id='2']/text", "'zwei'"),
                        edit(MERGE, "/top/tag[.='t']", "'t'"),
                        edit(MERGE, "/top/deep/deeper/x", "'v'")));
        assertThat(Differences.between(ROWS, changed))
                .extracting(c ->
                        c.path() + (c.before() == null ? " +" : c.after() == null ? " -" : c.moved() ? " ^" : " ~"))
                .containsExactly(
                        "/store-test:top/tag[.='t'] +",
                        "/store-test:top/row[id='1'] -",
                        "/store-test:top/row[id='3'] ^",
                        "/store-test:top/row[id='2']/text ~",
                        "/store-test:top/deep +");
    }
}

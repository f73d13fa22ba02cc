package io.auspex.datastore;

import static io.auspex.datastore.Operation.DELETE;
import static io.auspex.datastore.Operation.MERGE;
import static io.auspex.datastore.Operation.REPLACE;
import static io.auspex.datastore.TestModel.MODEL;
import static io.auspex.datastore.TestModel.edit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ValidationTest {
    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());

    private void ok(Edit... edits) throws YangException {
        datastores.commit(edits);
    }

    private List<YangError> refused(Edit... edits) {
        var before = datastores.running();
        var fault = catchThrowableOfType(YangException.class, () -> datastores.commit(edits));
        assertThat(fault).as("the commit is refused").isNotNull();
        assertThat(datastores.running()).isSameAs(before);
        return Objects.requireNonNull(fault).errors();
    }

    private static final String DEVICE = "ietf-service-assurance-device:device-type";

    private static Edit subservice(String id, String dependencies) {
        return edit(
                MERGE,
                "/ietf-service-assurance:subservices/subservice[type='" + DEVICE + "'][id='" + id + "']",
                "{'type':'" + DEVICE + "','id':'" + id + "','ietf-service-assurance-device:parameters':{'device':'d'},"
                        + "'dependencies':{'dependency':[" + dependencies + "]}}");
    }

    private static String on(String id) {
        return "{'type':'" + DEVICE + "','id':'" + id + "','dependency-type':'ietf-service-assurance:impacting'}";
    }

    @Nested
    class Section_7_6_5_Mandatory {
        @Test
        void aMandatoryLeafIsDemandedWhereItsParentExists() throws YangException {
            assertThat(refused(edit(MERGE, "/top/present", "{'other':'o'}")))
                    .singleElement()
                    .satisfies(e -> {
                        assertThat(e.message())
                                .isEqualTo("/store-test:top/present/must-have: is mandatory and missing");
                        assertThat(e.tag()).isEqualTo(ErrorTag.DATA_MISSING);
                    });
            ok(edit(MERGE, "/top/present", "{'must-have':'m'}"));
            assertThat(refused(edit(DELETE, "/top/present/must-have"))).hasSize(1);
            ok(edit(DELETE, "/top/present"));
        }

        @Test
        void aMandatoryChoiceNeedsOneOfItsCases() throws YangException {
            assertThat(refused(edit(MERGE, "/top/chosen", "{}")))
                    .singleElement()
                    .satisfies(e -> {
                        assertThat(e.message())
                                .isEqualTo(
                                        "/store-test:top/chosen: choice one is mandatory, expected one of this, that");
                        assertThat(e.appTag()).isEqualTo("missing-choice");
                    });
            ok(edit(MERGE, "/top/chosen", "{'this':'t'}"));
            ok(edit(MERGE, "/top/chosen/that", "'t'"));
            assertThat(refused(edit(DELETE, "/top/chosen/that"))).hasSize(1);
        }

        @Test
        void stateThatIsMandatoryIsNotDemandedOfConfiguration() throws YangException {
            ok(subservice("r1", ""));
        }

        @Test
        void aTopLevelContainerThatIsNotThereDemandsNothing() throws YangException {
            assertThat(MODEL.root().child("ietf-relevant-state", "relevant-state"))
                    .isPresent();
            ok(edit(MERGE, "/top/mtu", "9"));
        }
    }

    @Nested
    class Section_7_7_5_Elements {
        @Test
        void tooManyAndTooFewAreCounted() throws YangException {
            assertThat(refused(edit(MERGE, "/top/few[name='f']", "{'name':'f','need':['a']}")))
                    .extracting(YangError::message)
                    .containsExactly("/store-test:top/few[name='f']/need: has 1 values, at least 2 are needed");
            ok(edit(MERGE, "/top/few[name='f']", "{'name':'f','need':['a','b']}"));
            assertThat(refused(edit(DELETE, "/top/few[name='f']/need[.='a']")))
                    .singleElement()
                    .satisfies(e -> assertThat(e.appTag()).isEqualTo("too-few-elements"));
            assertThat(refused(edit(MERGE, "/top/few[name='f']", "{'name':'f','need':['c','d']}")))
                    .singleElement()
                    .satisfies(e -> {
                        assertThat(e.appTag()).isEqualTo("too-many-elements");
                        assertThat(e.tag()).isEqualTo(ErrorTag.OPERATION_FAILED);
                    });
            assertThat(refused(edit(MERGE, "/top/few[name='g']", "{'name':'g'}")))
                    .hasSize(1);
        }
    }

    @Nested
    class Section_7_8_3_Unique {
        @Test
        void twoEntriesWithTheSameTupleAreBothNamed() throws YangException {
            ok(edit(MERGE, "/top", "{'entry':[{'a':'k','b':1,'val':'v'},{'a':'k','b':2,'val':'w'}]}"));
            assertThat(refused(edit(MERGE, "/top/entry[a='k'][b='2']/val", "'v'")))
                    .singleElement()
                    .satisfies(e -> {
                        assertThat(e.message())
                                .isEqualTo("/store-test:top/entry[a='k'][b='2']: has the same val 'v' as"
                                        + " /store-test:top/entry[a='k'][b='1'], which has to be unique");
                        assertThat(e.appTag()).isEqualTo("data-not-unique");
                        assertThat(e.info().getFirst().value()).hasToString("/store-test:top/entry[a='k'][b='2']/val");
                    });
            ok(edit(DELETE, "/top/entry[a='k'][b='1']/val"), edit(MERGE, "/top/entry[a='k'][b='2']/val", "'v'"));
        }

        @Test
        void aTupleCountsOnlyWhenAllItsLeavesAreThere() throws YangException {
            ok(edit(MERGE, "/top", "{'entry':[{'a':'k','b':1,'in':{'x':'p'}},{'a':'k','b':2,'in':{'x':'p'}}]}"));
            ok(edit(MERGE, "/top/entry[a='k'][b='1']/in/y", "'q'"));
            assertThat(refused(edit(MERGE, "/top/entry[a='k'][b='2']/in/y", "'q'")))
                    .hasSize(1);
            ok(edit(DELETE, "/top/entry[a='k'][b='1']"));
            ok(edit(MERGE, "/top/entry[a='k'][b='2']/in/y", "'q'"));
        }
    }

    @Nested
    class Section_9_9_Leafref {
        @Test
        void aReferenceNeedsItsTargetAndTheTargetMayNotGo() throws YangException {
            assertThat(refused(edit(MERGE, "/top/ref", "7"))).singleElement().satisfies(e -> {
                assertThat(e.message())
                        .isEqualTo(
                                "/store-test:top/ref: refers to '7', which is no /store-test:top/row/id that exists");
                assertThat(e.tag()).isEqualTo(ErrorTag.DATA_MISSING);
                assertThat(e.appTag()).isEqualTo("instance-required");
            });
            ok(edit(MERGE, "/top", "{'ref':7,'row':[{'id':7},{'id':8}]}"));
            ok(edit(DELETE, "/top/row[id='8']"));
            assertThat(refused(edit(DELETE, "/top/row[id='7']"))).hasSize(1);
            ok(edit(DELETE, "/top/row[id='7']"), edit(DELETE, "/top/ref"));
            ok(edit(MERGE, "/top/loose", "99"));
        }

        @Test
        void aValueMayHaveSeveralTargets() throws YangException {
            ok(edit(
                    MERGE,
                    "/top",
                    "{'refs':['p'],'entry':[{'a':'k','b':1,'in':{'x':'p'}},{'a':'k','b':2,'in':{'x':'p'}}]}"));
            ok(edit(DELETE, "/top/entry[a='k'][b='1']"));
            assertThat(refused(edit(MERGE, "/top/entry[a='k'][b='2']/in/x", "'r'")))
                    .hasSize(1);
        }

        @Test
        void aUnionWithAReferenceTakesValuesOfItsOtherMembers() throws YangException {
            ok(edit(MERGE, "/top/either", "9"));
            assertThat(refused(edit(MERGE, "/top/either", "'one'"))).hasSize(1);
            ok(edit(MERGE, "/top", "{'either':'one','row':[{'id':1,'text':'one'}]}"));
            assertThat(refused(edit(DELETE, "/top/row[id='1']/text"))).hasSize(1);
        }

        @Test
        void aPredicateComparesWithALeafNearTheSource() throws YangException {
            ok(edit(MERGE, "/top", "{'entry':[{'a':'k','b':1},{'a':'m','b':2}],'link':[{'name':'l','a':'k','b':1}]}"));
            assertThat(refused(edit(MERGE, "/top/link[name='l']/a", "'m'")))
                    .extracting(YangError::message)
                    .containsExactly("/store-test:top/link[name='l']/b: refers to '1', which is no"
                            + " /store-test:top/entry[a='m']/b that exists");
            ok(edit(MERGE, "/top/link[name='l']", "{'name':'l','a':'m','b':2}"));
            ok(edit(DELETE, "/top/entry[a='k'][b='1']"));
            assertThat(refused(edit(DELETE, "/top/entry[a='m'][b='2']"))).hasSize(2);
        }

        @Test
        void aDependencyOfASubserviceHasToExist() throws YangException {
            ok(subservice("r1", ""));
            assertThat(refused(subservice("s1", on("r9"))))
                    .extracting(YangError::message)
                    .containsExactly("/ietf-service-assurance:subservices/subservice[type='" + DEVICE
                            + "'][id='s1']/dependencies/dependency[type='" + DEVICE
                            + "'][id='r9']/id: refers to 'r9', which is no "
                            + "/ietf-service-assurance:subservices/subservice[type='" + DEVICE + "']/id that exists");
            ok(subservice("s1", on("r1")));
            assertThat(refused(edit(
                            DELETE, "/ietf-service-assurance:subservices/subservice[type='" + DEVICE + "'][id='r1']")))
                    .hasSize(1);
            ok(edit(DELETE, "/ietf-service-assurance:subservices"));
        }

        @Test
        void theIndexFollowsManyChanges() throws YangException {
            for (var round = 0; round < 20; round++) {
                ok(subservice("a", ""), subservice("b", on("a")));
                assertThat(refused(edit(
                                DELETE,
                                "/ietf-service-assurance:subservices/subservice[type='" + DEVICE + "'][id='a']")))
                        .hasSize(1);
                ok(edit(REPLACE, "/ietf-service-assurance:subservices", "{}"));
            }
        }
    }

    @Nested
    class Section_9_13_InstanceIdentifier {
        @Test
        void theNodeItNamesHasToExist() throws YangException {
            assertThat(refused(edit(MERGE, "/top/to", "'/store-test:top/low'")))
                    .singleElement()
                    .satisfies(e -> assertThat(e.appTag()).isEqualTo("instance-required"));
            ok(edit(MERGE, "/top", "{'to':'/store-test:top/mtu','mtu':9}"));
            assertThat(refused(edit(DELETE, "/top/mtu")))
                    .extracting(YangError::message)
                    .containsExactly("/store-test:top/to: refers to /store-test:top/mtu, which does not exist");
            ok(edit(DELETE, "/top/to"), edit(DELETE, "/top/mtu"));
        }
    }

    @Nested
    class Section_7_5_3_Must {
        @Test
        void aViolationIsSaidInTheWordsOfTheModule() throws YangException {
            ok(edit(MERGE, "/top", "{'low':5,'high':6}"));
            assertThat(refused(edit(MERGE, "/top/high", "1"))).singleElement().satisfies(e -> {
                assertThat(e.message()).isEqualTo("high below low");
                assertThat(e.appTag()).isEqualTo("low-high");
                assertThat(e.tag()).isEqualTo(ErrorTag.OPERATION_FAILED);
                assertThat(e.path()).hasToString("/store-test:top/high");
            });
        }

        @Test
        void itIsLookedAtWhenAnotherNodeThatItReadsChanges() throws YangException {
            ok(edit(MERGE, "/top", "{'low':5,'high':6}"));
            assertThat(refused(edit(MERGE, "/top/low", "7"))).hasSize(1);
            assertThat(refused(edit(DELETE, "/top/low"))).hasSize(1);
            ok(edit(DELETE, "/top/high"), edit(DELETE, "/top/low"));
        }

        @Test
        void withoutWordsOfItsOwnThePathAndTheConditionAreSaid() throws YangException {
            ok(edit(MERGE, "/top/mtu", "9"));
            assertThat(refused(edit(MERGE, "/item[name='big']", "{'name':'big','size':9}")))
                    .singleElement()
                    .satisfies(e -> {
                        assertThat(e.message())
                                .isEqualTo("/store-test:item[name='big']: not(size > /st:top/st:mtu - 1) is false,"
                                        + " and must be true");
                        assertThat(e.appTag()).isEqualTo("must-violation");
                    });
            ok(edit(MERGE, "/item[name='a']", "{'name':'a','size':8}"), edit(MERGE, "/item[name='b']", "{'name':'b'}"));
            assertThat(refused(edit(MERGE, "/top/mtu", "7"))).hasSize(1);
        }
    }

    @Nested
    class Section_7_21_5_When {
        @Test
        void aNodeWhoseConditionIsFalseIsRefused() throws YangException {
            assertThat(refused(edit(MERGE, "/top/guarded", "'g'")))
                    .singleElement()
                    .satisfies(e -> {
                        assertThat(e.message())
                                .isEqualTo("/store-test:top/guarded: exists only when ../mode = 'on', which is false");
                        assertThat(e.tag()).isEqualTo(ErrorTag.UNKNOWN_ELEMENT);
                    });
            ok(edit(MERGE, "/top", "{'mode':'on','guarded':'g'}"));
        }

        @Test
        void whatIsNotAllowedAnyMoreGoes() throws YangException {
            ok(edit(MERGE, "/top", "{'mode':'on','guarded':'g'}"));
            var result = datastores.commit(edit(MERGE, "/top/mode", "'off'"));
            assertThat(TestModel.json(datastores.running())).doesNotContain("guarded");
            assertThat(result.changes().changes())
                    .extracting(c -> c.path().toString())
                    .containsExactly("/store-test:top/mode", "/store-test:top/guarded");
        }

        @Test
        void parametersOfAnotherTypeOfSubserviceAreRefused() {
            assertThat(
                            refused(
                                    edit(
                                            MERGE,
                                            "/ietf-service-assurance:subservices/subservice[type='" + DEVICE
                                                    + "'][id='x']",
                                            "{'type':'" + DEVICE
                                                    + "','id':'x','ietf-service-assurance-interface:parameters':{'device':'d','interface':'i'}}")))
                    .extracting(YangError::tag)
                    .contains(ErrorTag.UNKNOWN_ELEMENT);
        }
    }

    @Test
    void errorsAreBounded() {
        var many = new StringBuilder();
        for (var i = 0; i < 50; i++) {
            many.append(i == 0 ? "" : ",").append("{'name':'n").append(i).append("'}");
        }
        assertThat(refused(edit(MERGE, "/top", "{'few':[" + many + "]}"))).hasSize(20);
    }
}

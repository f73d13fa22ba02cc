package io.auspex.notifications.subscriptions;

import static io.auspex.notifications.Events.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.auspex.access.Nacm;
import io.auspex.notifications.SubscriptionEndedException;
import io.auspex.yang.data.Position;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ListKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates from datastores (RFC 8641). */
class PushTest {
    private static final String RUNNING = "'yp:datastore':'ietf-datastores:running'";
    private static final String OPERATIONAL = "'yp:datastore':'ietf-datastores:operational'";
    private static final String ONLY_CHANGES = "'yp:on-change':{'sync-on-start':false}";
    private static final String UNITS = "'yp:datastore-xpath-filter':'/plant:plant/unit'";

    private final Plant plant = new Plant();

    @BeforeEach
    void twoUnits() throws Exception {
        plant.put("/plant:plant/unit[id='a']", "{'plant:unit':[{'id':'a','power':1}]}");
        plant.put("/plant:plant/unit[id='b']", "{'plant:unit':[{'id':'b','power':2}]}");
    }

    @AfterEach
    void close() throws Exception {
        plant.close();
    }

    private Plant.Taking establish(String... parts) throws YangException {
        return plant.establish(plant.ann, "{" + String.join(",", parts) + "}");
    }

    private static String update(long id, String contents) {
        return "{'yp:push-update':{'id':" + id + ",'datastore-contents':{" + contents + "}}}";
    }

    private static String patch(long id, int patchId, String... edits) {
        return "{'yp:push-change-update':{'id':" + id + ",'datastore-changes':{'yang-patch':{'patch-id':'" + patchId
                + "','edit':[" + String.join(",", edits) + "]}}}}";
    }

    private static String edit(int number, String operation, String target, String more) {
        return "{'edit-id':'edit" + number + "','operation':'" + operation + "','target':'" + target + "'" + more + "}";
    }

    private static String value(String content) {
        return ",'value':{" + content + "}";
    }

    private static String xpath(String expression) {
        return "'yp:datastore-xpath-filter':'" + expression + "'";
    }

    static Stream<Arguments> hostileFilters() {
        return Stream.of(
                arguments("A66 length", xpath("/" + "plant:plant/".repeat(2_000) + "x")),
                arguments("A66 depth", xpath("(".repeat(10_000) + "1" + ")".repeat(10_000))),
                arguments("A67 function", xpath("document(\\'x\\')")),
                arguments("A67 variable", xpath("/plant:plant[$v]")),
                arguments("A67 prefix", xpath("/nosuch:plant")),
                arguments("A69 depth", "'yp:datastore-subtree-filter':" + "{'a':".repeat(100) + "1" + "}".repeat(100)),
                arguments(
                        "A69 siblings",
                        "'yp:datastore-subtree-filter':{"
                                + IntStream.range(0, 20_000)
                                        .mapToObj(i -> "'plant:a" + i + "':{}")
                                        .collect(Collectors.joining(","))
                                + "}"));
    }

    @Nested
    class Section_3_1_Periodic {
        @Test
        void anUpdateComesAtOnceAndThenOnceAPeriod() throws Exception {
            var taking = establish(RUNNING, UNITS, "'yp:periodic':{'period':100}");
            var both = update(1, "'plant:plant':{'unit':[{'id':'a','power':1},{'id':'b','power':2}]}");
            assertThat(taking.now()).isEqualTo(both);
            assertThat(taking.now()).isEqualTo("nothing");
            plant.clock.pass(Duration.ofSeconds(1));
            assertThat(taking.now()).isEqualTo(both);
            plant.delete("/plant:plant/unit[id='b']");
            plant.clock.pass(Duration.ofSeconds(1));
            assertThat(taking.now()).isEqualTo(update(1, "'plant:plant':{'unit':[{'id':'a','power':1}]}"));
        }

        @Test
        void missedPeriodsAreOneUpdateAndTheScheduleHolds() throws Exception {
            var taking = establish(RUNNING, UNITS, "'yp:periodic':{'period':100}");
            taking.now();
            plant.clock.pass(Duration.ofMillis(5_500));
            assertThat(taking.now()).contains("push-update");
            assertThat(taking.now()).isEqualTo("nothing");
            plant.clock.pass(Duration.ofMillis(500));
            assertThat(taking.now()).contains("push-update");
        }

        @Test
        void theAnchorTimeSaysWhenTheFirstIs() throws Exception {
            var taking = establish(
                    RUNNING, UNITS, "'yp:periodic':{'period':1000,'anchor-time':'" + START.minusSeconds(7) + "'}");
            assertThat(taking.now()).isEqualTo("nothing");
            plant.clock.pass(Duration.ofMillis(2_999));
            assertThat(taking.now()).isEqualTo("nothing");
            plant.clock.pass(Duration.ofMillis(1));
            assertThat(taking.now()).contains("push-update");
        }

        @Test
        void anEmptySelectionIsAnEmptyUpdate() throws Exception {
            var taking = establish(
                    RUNNING,
                    "'yp:datastore-xpath-filter':'/plant:plant/unit[id=\\'z\\']'",
                    "'yp:periodic':{'period':10}");
            assertThat(taking.now()).isIn(update(1, ""), update(1, "'plant:plant':{}"));
        }

        @Test
        void theStateOfTheMomentIsSent() throws Exception {
            plant.heat.set("a", 20L);
            var taking = establish(
                    OPERATIONAL,
                    "'yp:datastore-xpath-filter':'/plant:plant/unit[id=\\'a\\']/state/heat'",
                    "'yp:periodic':{'period':100}");
            assertThat(taking.now()).isEqualTo(update(1, "'plant:plant':{'unit':[{'id':'a','state':{'heat':20}}]}"));
            plant.heat.set("a", 21L);
            plant.clock.pass(Duration.ofSeconds(1));
            assertThat(taking.now()).contains("'heat':21");
        }

        @Test
        void aSubtreeFilterSelectsInXml() throws Exception {
            var taking = establish(
                    RUNNING,
                    "'encoding':'ietf-subscribed-notifications:encode-xml'",
                    "'yp:datastore-subtree-filter':{'plant:plant':{'unit':[{'id':'b'}]}}",
                    "'yp:periodic':{'period':100}");
            assertThat(taking.now())
                    .isEqualTo("<push-update xmlns='urn:ietf:params:xml:ns:yang:ietf-yang-push'><id>1</id>"
                            + "<datastore-contents><plant xmlns='urn:plant'><unit><id>b</id><power>2</power></unit></plant>"
                            + "</datastore-contents></push-update>");
        }
    }

    /** Waits until a change is told to one: whoever selects alike has it at hand from then on. */
    private static void untilTold(Plant.Taking one, String change) throws Exception {
        String told;
        do {
            told = one.next();
            assertThat(told).isNotEqualTo("nothing");
        } while (!told.contains(change));
    }

    @Nested
    class Section_3_3_OnChange {
        @Test
        void allThatIsSelectedComesFirst() throws Exception {
            var taking = establish(RUNNING, UNITS, "'yp:on-change':{}");
            assertThat(taking.next())
                    .isEqualTo(update(1, "'plant:plant':{'unit':[{'id':'a','power':1},{'id':'b','power':2}]}"));
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':3}");
            assertThat(taking.next())
                    .isEqualTo(patch(1, 0, edit(1, "replace", "/plant:plant/unit=a/power", value("'plant:power':3"))));
        }

        @Test
        void patchIdsCountFromZero() throws Exception {
            var taking = establish(RUNNING, UNITS, ONLY_CHANGES);
            for (var i = 0; i < 3; i++) {
                plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':" + (10 + i) + "}");
                assertThat(taking.next()).contains("'patch-id':'" + i + "'").contains("'plant:power':" + (10 + i));
            }
        }

        @Test
        void anEntryIsCreatedAndDeletedByOneEdit() throws Exception {
            var taking = establish(RUNNING, UNITS, ONLY_CHANGES);
            plant.put("/plant:plant/unit[id='c d']", "{'plant:unit':[{'id':'c d','power':3,'tag':['x']}]}");
            assertThat(taking.next())
                    .isEqualTo(patch(
                            1,
                            0,
                            edit(
                                    1,
                                    "create",
                                    "/plant:plant/unit=c%20d",
                                    value("'plant:unit':[{'id':'c d','power':3,'tag':['x']}]"))));
            plant.delete("/plant:plant/unit[id='c d']");
            assertThat(taking.next()).isEqualTo(patch(1, 1, edit(1, "delete", "/plant:plant/unit=c%20d", "")));
        }

        /** RFC 8342 §5.3: operational has the defaults in use. */
        @Test
        void aDefaultInUseIsAValueOfOperational() throws Exception {
            var dial = "'yp:datastore-xpath-filter':'/plant:dial/mode'";
            var operational = establish(OPERATIONAL, dial, "'yp:on-change':{}");
            var running = establish(RUNNING, dial, "'yp:on-change':{}");
            assertThat(operational.next()).contains("{'plant:dial':{'mode':'off'}}");
            plant.put("/plant:dial/mode", "{'plant:mode':'on'}");
            assertThat(operational.next())
                    .isEqualTo(patch(1, 0, edit(1, "replace", "/plant:dial/mode", value("'plant:mode':'on'"))));
            assertThat(running.next()).contains("'create','target':'/plant:dial/mode'");
            plant.delete("/plant:dial/mode");
            assertThat(operational.next())
                    .isEqualTo(patch(1, 1, edit(1, "replace", "/plant:dial/mode", value("'plant:mode':'off'"))));
        }

        @Test
        void anEntryThatTheUserOrdersIsInsertedAndMoved() throws Exception {
            plant.put("/plant:plant/step[n='1']", "{'plant:step':[{'n':1}]}");
            plant.put("/plant:plant/step[n='2']", "{'plant:step':[{'n':2}]}");
            var taking = establish(RUNNING, "'yp:datastore-xpath-filter':'/plant:plant/step'", ONLY_CHANGES);
            plant.put("/plant:plant/step[n='3']", "{'plant:step':[{'n':3}]}");
            assertThat(taking.next())
                    .isEqualTo(patch(
                            1,
                            0,
                            edit(
                                    1,
                                    "insert",
                                    "/plant:plant/step=3",
                                    ",'point':'/plant:plant/step=2','where':'after'"
                                            + value("'plant:step':[{'n':3}]"))));
            plant.put("/plant:plant/step[n='3']", "{'plant:step':[{'n':3}]}", new Position.Before(ListKey.of(1L)));
            assertThat(taking.next())
                    .isEqualTo(patch(1, 1, edit(1, "move", "/plant:plant/step=3", ",'where':'first'")));
        }

        @Test
        void whatStandsAboveTheSelectionIsNotTold() throws Exception {
            var taking = establish(RUNNING, "'yp:datastore-xpath-filter':'/plant:plant/unit/power'", ONLY_CHANGES);
            plant.delete("/plant:plant/unit[id='a']");
            assertThat(taking.next()).isEqualTo(patch(1, 0, edit(1, "delete", "/plant:plant/unit=a/power", "")));
            plant.delete("/plant:plant");
            assertThat(taking.next()).isEqualTo(patch(1, 1, edit(1, "delete", "/plant:plant/unit=b/power", "")));
            plant.put("/plant:plant/unit[id='a']", "{'plant:unit':[{'id':'a','power':1}]}");
            assertThat(taking.next())
                    .isEqualTo(patch(1, 2, edit(1, "create", "/plant:plant/unit=a/power", value("'plant:power':1"))));
        }

        @Test
        void whatIsNotSelectedIsNotTold() throws Exception {
            var taking =
                    establish(RUNNING, "'yp:datastore-xpath-filter':'/plant:plant/unit[id=\\'b\\']'", ONLY_CHANGES);
            plant.put("/plant:plant/name", "{'plant:name':'x'}");
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':3}");
            plant.put("/plant:plant/unit[id='b']/power", "{'plant:power':4}");
            assertThat(taking.next())
                    .isEqualTo(patch(1, 0, edit(1, "replace", "/plant:plant/unit=b/power", value("'plant:power':4"))));
        }

        @Test
        void aFilterThatLooksAtValuesTellsWhatComesAndGoes() throws Exception {
            var taking = establish(RUNNING, "'yp:datastore-xpath-filter':'/plant:plant/unit[power > 5]'", ONLY_CHANGES);
            plant.put("/plant:plant/unit[id='b']/power", "{'plant:power':6}");
            assertThat(taking.next()).contains("'operation':'create'").contains("'id':'b','power':6");
            plant.put("/plant:plant/unit[id='b']/power", "{'plant:power':4}");
            assertThat(taking.next()).contains("'operation':'delete'");
        }

        @Test
        void excludedChangesAreNotTold() throws Exception {
            var taking = establish(
                    RUNNING, UNITS, "'yp:on-change':{'sync-on-start':false,'excluded-change':['replace','create']}");
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':3}");
            plant.put("/plant:plant/unit[id='c']", "{'plant:unit':[{'id':'c'}]}");
            plant.delete("/plant:plant/unit[id='b']");
            assertThat(taking.next()).isEqualTo(patch(1, 0, edit(1, "delete", "/plant:plant/unit=b", "")));
        }

        @Test
        void dampeningTellsTheLatestAndThatItChangedAtAll() throws Exception {
            var taking = establish(RUNNING, UNITS, "'yp:on-change':{'sync-on-start':false,'dampening-period':300}");
            var other = establish(RUNNING, UNITS, ONLY_CHANGES);
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':7}");
            assertThat(taking.next()).contains("'patch-id':'0'");
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':8}");
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':7}");
            plant.put("/plant:plant/unit[id='c']", "{'plant:unit':[{'id':'c'}]}");
            plant.delete("/plant:plant/unit[id='c']");
            untilTold(other, "'delete','target':'/plant:plant/unit=c'");
            assertThat(taking.now()).isEqualTo("nothing");
            plant.clock.pass(Duration.ofSeconds(3));
            assertThat(taking.now())
                    .isEqualTo(patch(
                            1,
                            1,
                            edit(1, "replace", "/plant:plant/unit=a/power", value("'plant:power':7")),
                            edit(2, "delete", "/plant:plant/unit=c", "")));
        }

        @Test
        void aNodeThatIsDeletedAndMadeAnewIsToldOfAsCreated() throws Exception {
            var taking = establish(RUNNING, UNITS, "'yp:on-change':{'sync-on-start':false,'dampening-period':300}");
            var other = establish(RUNNING, UNITS, ONLY_CHANGES);
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':7}");
            assertThat(taking.next()).contains("'patch-id':'0'");
            plant.delete("/plant:plant/unit[id='b']");
            plant.put("/plant:plant/unit[id='b']", "{'plant:unit':[{'id':'b','power':2}]}");
            plant.put("/plant:plant/unit[id='b']/power", "{'plant:power':3}");
            untilTold(other, "power':3");
            plant.clock.pass(Duration.ofSeconds(3));
            assertThat(taking.now())
                    .isEqualTo(patch(
                            1,
                            1,
                            edit(1, "create", "/plant:plant/unit=b", value("'plant:unit':[{'id':'b','power':3}]"))));
        }

        @Test
        void whatANodeThatIsMadeAnewNoLongerHasIsDeletedWherePartsOfItAreSelected() throws Exception {
            plant.put("/plant:plant/unit[id='b']", "{'plant:unit':[{'id':'b','power':2,'tag':['x','y']}]}");
            var parts = xpath("/plant:plant/unit/power | /plant:plant/unit/tag");
            var taking = establish(RUNNING, parts, "'yp:on-change':{'sync-on-start':false,'dampening-period':300}");
            var other = establish(RUNNING, parts, ONLY_CHANGES);
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':7}");
            assertThat(taking.next()).contains("'patch-id':'0'");
            plant.delete("/plant:plant/unit[id='b']");
            plant.put("/plant:plant/unit[id='b']", "{'plant:unit':[{'id':'b','tag':['y']}]}");
            untilTold(other, "'create','target':'/plant:plant/unit=b/tag=y'");
            plant.clock.pass(Duration.ofSeconds(3));
            assertThat(taking.now())
                    .contains("'delete','target':'/plant:plant/unit=b/power'")
                    .contains("'delete','target':'/plant:plant/unit=b/tag=x'")
                    .contains("'create','target':'/plant:plant/unit=b/tag=y'");
        }

        @Test
        void patchIdsCountFromZeroAgainAfterAResync() throws Exception {
            var taking = establish(RUNNING, UNITS, ONLY_CHANGES);
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':3}");
            assertThat(taking.next()).contains("'patch-id':'0'");
            plant.resync(plant.ann, 1);
            assertThat(taking.next()).contains("push-update");
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':4}");
            assertThat(taking.next()).contains("'patch-id':'0'");
        }

        @Test
        void whoMaySeeNothingIsSentNothingUntilThereIsSomething() throws Exception {
            var taking = establish(RUNNING, xpath("/plant:plant/step"), "'yp:on-change':{}");
            assertThat(taking.now()).isEqualTo("nothing");
            plant.put("/plant:plant/step[n='1']", "{'plant:step':[{'n':1}]}");
            assertThat(taking.next()).contains("push-change-update").contains("'patch-id':'0'");
            plant.delete("/plant:plant/step[n='1']");
            assertThat(taking.next()).contains("'operation':'delete'");
            plant.resync(plant.ann, 1);
            assertThat(taking.next()).contains("push-update");
        }

        @Test
        void changesOfStateAreToldFromWhatProvidersFeed() throws Exception {
            plant.heat.set("a", 20L);
            var taking = establish(
                    OPERATIONAL,
                    "'yp:datastore-xpath-filter':'/plant:plant/unit/state'",
                    "'yp:on-change':{'sync-on-start':false}");
            plant.heat.set("a", 20L);
            plant.heat.set("a", 21L);
            assertThat(taking.next())
                    .isEqualTo(patch(
                            1,
                            0,
                            edit(
                                    1,
                                    "replace",
                                    "/plant:plant/unit=a/state",
                                    value("'plant:state':{'heat':21,'sample':[{'v':21},{'v':21}]}"))));
            plant.heat.set("a", null);
            assertThat(taking.next()).contains("'operation':'delete'");
            assertThat(plant.heat.listeners()).isEqualTo(1);
            taking.subscription().close();
            assertThat(plant.heat.listeners()).isZero();
        }

        @Test
        void aResyncSendsEverythingAgain() throws Exception {
            var taking = establish(RUNNING, UNITS, ONLY_CHANGES);
            assertThat(taking.now()).isEqualTo("nothing");
            plant.resync(plant.ann, 1);
            assertThat(taking.next()).startsWith("{'yp:push-update':{'id':1");
        }

        @Test
        void whoSelectsSomethingElseDoesNotWaitForAFirstSelectionThatIsSlow() throws Exception {
            var begun = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            plant.heat.whenFed = () -> {
                begun.countDown();
                return goOn.await(20, TimeUnit.SECONDS);
            };
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var slow = threads.submit(
                        () -> establish(OPERATIONAL, xpath("/plant:plant/unit/state"), "'yp:on-change':{}"));
                assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
                var quick = threads.submit(
                        () -> plant.establish(plant.bob, "{" + RUNNING + "," + UNITS + ",'yp:on-change':{}}"));
                try {
                    assertThat(quick.get(10, TimeUnit.SECONDS).now()).contains("'id':'a'");
                } finally {
                    goOn.countDown();
                }
                assertThat(slow.get(20, TimeUnit.SECONDS).subscription().state())
                        .isEqualTo("active");
            }
        }

        @Test
        void twoWhoSelectAlikeShareAView() throws Exception {
            var first = establish(OPERATIONAL, "'yp:datastore-xpath-filter':'/plant:plant/unit'", ONLY_CHANGES);
            var second = plant.establish(
                    plant.bob,
                    "{" + OPERATIONAL + ",'yp:datastore-xpath-filter':'/plant:plant/unit'," + ONLY_CHANGES + "}");
            assertThat(plant.heat.listeners()).isEqualTo(1);
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':3}");
            assertThat(first.next()).contains("'id':1,").contains("'plant:power':3");
            assertThat(second.next()).contains("'id':2,").contains("'plant:power':3");
        }
    }

    @Nested
    class Section_3_9_AccessControl {
        private void hide(String path) throws YangException {
            plant.deny("ann", "'path':'" + path.replace('\'', '`') + "'");
        }

        @Test
        void hostileInputA113WhatIsHiddenIsInNoUpdate() throws Exception {
            hide("/plant:plant/unit[id='b']");
            var periodic = establish(RUNNING, UNITS, "'yp:periodic':{'period':100}");
            var onChange = establish(RUNNING, UNITS, "'yp:on-change':{}");
            assertThat(periodic.now()).contains("'id':'a'").doesNotContain("'id':'b'");
            assertThat(onChange.next()).contains("'id':'a'").doesNotContain("'id':'b'");
            plant.put("/plant:plant/unit[id='b']/power", "{'plant:power':9}");
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':8}");
            assertThat(onChange.next()).contains("unit=a").doesNotContain("unit=b");
            plant.delete("/plant:plant/unit[id='b']");
            plant.delete("/plant:plant/unit[id='a']");
            assertThat(onChange.next()).contains("unit=a").doesNotContain("unit=b");
        }

        @Test
        void placesAmongEntriesAreToldByWhatMayBeSeen() throws Exception {
            for (var n = 1; n <= 3; n++) {
                plant.put("/plant:plant/step[n='" + n + "']", "{'plant:step':[{'n':" + n + "}]}");
            }
            hide("/plant:plant/step[n='2']");
            var onChange = establish(RUNNING, "'yp:datastore-xpath-filter':'/plant:plant/step'", ONLY_CHANGES);
            plant.put("/plant:plant/step[n='4']", "{'plant:step':[{'n':4}]}", new Position.After(ListKey.of(2L)));
            assertThat(onChange.next())
                    .contains("'operation':'insert','target':'/plant:plant/step=4','point':'/plant:plant/step=1'");
            plant.put("/plant:plant/step[n='4']", "{'plant:step':[{'n':4}]}", new Position.First());
            assertThat(onChange.next())
                    .isEqualTo(patch(1, 1, edit(1, "move", "/plant:plant/step=4", ",'where':'first'")));
            plant.access.rules(Nacm.disabled());
            assertThat(onChange.next())
                    .contains("'operation':'insert','target':'/plant:plant/step=2'")
                    .doesNotContain("edit2");
        }

        @Test
        void hostileInputA113AMovePastHiddenEntriesAloneIsNotTold() throws Exception {
            for (var n = 1; n <= 4; n++) {
                plant.put("/plant:plant/step[n='" + n + "']", "{'plant:step':[{'n':" + n + "}]}");
            }
            hide("/plant:plant/step[n='2']");
            var onChange = establish(RUNNING, "'yp:datastore-xpath-filter':'/plant:plant/step'", ONLY_CHANGES);
            move("3", new Position.After(ListKey.of(1L)));
            plant.put("/plant:plant/step[n='5']", "{'plant:step':[{'n':5}]}");
            assertThat(onChange.next()).contains("edit1").contains("'insert'").doesNotContain("move");
            move("1", new Position.After(ListKey.of(2L)));
            assertThat(onChange.next()).contains("'move','target':'/plant:plant/step=1','point':'/plant:plant/step=3'");
            move("4", new Position.First());
            assertThat(onChange.next()).contains("'move','target':'/plant:plant/step=4','where':'first'");
        }

        private void move(String n, Position position) throws Exception {
            plant.put("/plant:plant/step[n='" + n + "']", "{'plant:step':[{'n':" + n + "}]}", position);
        }

        @Test
        void hostileInputA116RulesThatChangeCountFromTheNextUpdateOn() throws Exception {
            var onChange = establish(RUNNING, UNITS, ONLY_CHANGES);
            plant.put("/plant:plant/unit[id='b']/power", "{'plant:power':9}");
            assertThat(onChange.next()).contains("unit=b");
            hide("/plant:plant/unit[id='b']");
            assertThat(onChange.next()).contains("'operation':'delete'");
            plant.put("/plant:plant/unit[id='b']/power", "{'plant:power':10}");
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':8}");
            assertThat(onChange.next()).contains("unit=a").doesNotContain("unit=b");
        }

        @Test
        void whatMayNoLongerOrAgainBeReadIsDeletedAndCreated() throws Exception {
            var onChange = establish(RUNNING, UNITS, ONLY_CHANGES);
            assertThat(onChange.now()).isEqualTo("nothing");
            hide("/plant:plant/unit[id='b']");
            assertThat(onChange.now()).isEqualTo(patch(1, 0, edit(1, "delete", "/plant:plant/unit=b", "")));
            plant.access.rules(Nacm.disabled());
            assertThat(onChange.now())
                    .isEqualTo(patch(
                            1,
                            1,
                            edit(1, "create", "/plant:plant/unit=b", value("'plant:unit':[{'id':'b','power':2}]"))));
            assertThat(onChange.now()).isEqualTo("nothing");
        }

        @Test
        void whoWaitsIsToldOfWhatMayNoLongerBeRead() throws Exception {
            var onChange = establish(RUNNING, UNITS, ONLY_CHANGES);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var waiting = threads.submit(onChange::next);
                await().until(onChange.connection()::isWaiting);
                hide("/plant:plant/unit[id='b']");
                assertThat(waiting.get()).contains("'operation':'delete','target':'/plant:plant/unit=b'");
            }
        }

        @Test
        void hostileInputA70AFilterIsNoOracleOnWhatIsHidden() throws Exception {
            hide("/plant:plant/unit/power");
            var periodic = establish(
                    RUNNING,
                    "'yp:datastore-xpath-filter':'/plant:plant/unit[power=2]'",
                    "'yp:periodic':{'period':100}");
            assertThat(periodic.now()).doesNotContain("'id':'");
            var onChange =
                    establish(RUNNING, "'yp:datastore-xpath-filter':'/plant:plant/unit[power=2]'", "'yp:on-change':{}");
            assertThat(onChange.now()).isEqualTo("nothing");
            var subtree = establish(
                    RUNNING,
                    "'yp:datastore-subtree-filter':{'plant:plant':{'unit':{'power':2,'id':null}}}",
                    "'yp:periodic':{'period':100}");
            assertThat(subtree.now()).doesNotContain("'id':'");
        }

        @Test
        void hostileInputA116AViewThatWasSharedIsLeftByWhoMayNoLongerSeeAllOfIt() throws Exception {
            var onChange =
                    establish(RUNNING, "'yp:datastore-xpath-filter':'/plant:plant/unit[power=2]'", "'yp:on-change':{}");
            assertThat(onChange.next()).contains("'id':'b'");
            hide("/plant:plant/unit/power");
            assertThat(onChange.next()).contains("push-update").doesNotContain("'id':'");
        }
    }

    @Nested
    class Section_4_4_Operations {
        @Test
        void theTermsAreModified() throws Exception {
            var taking = establish(RUNNING, UNITS, "'yp:periodic':{'period':100}");
            taking.now();
            plant.modify(
                    plant.ann,
                    "{'id':1," + RUNNING + ",'yp:datastore-xpath-filter':'/plant:plant/unit[id=\\'a\\']',"
                            + "'yp:periodic':{'period':200}}");
            assertThat(taking.now()).contains("'id':'a'").doesNotContain("'id':'b'");
            plant.clock.pass(Duration.ofSeconds(1));
            assertThat(taking.now()).isEqualTo("nothing");
            plant.clock.pass(Duration.ofSeconds(1));
            assertThat(taking.now()).contains("push-update");
        }

        @Test
        void aModifiedDampeningKeepsTheCountOfPatches() throws Exception {
            var taking = establish(RUNNING, UNITS, ONLY_CHANGES);
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':3}");
            assertThat(taking.next()).contains("'patch-id':'0'");
            plant.modify(plant.ann, "{'id':1," + RUNNING + ",'yp:on-change':{'dampening-period':100}}");
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':4}");
            assertThat(taking.next()).contains("'patch-id':'1'");
        }

        @Test
        void theStopTimeEndsIt() throws Exception {
            var taking = establish(
                    RUNNING, UNITS, "'yp:periodic':{'period':100}", "'stop-time':'" + START.plusSeconds(2) + "'");
            taking.now();
            plant.clock.pass(Duration.ofSeconds(3));
            assertThat(taking.now()).contains("subscription-completed");
            assertThatThrownBy(taking::now)
                    .isInstanceOfSatisfying(
                            SubscriptionEndedException.class,
                            e -> assertThat(e.reason()).isEqualTo(SubscriptionEndedException.Reason.COMPLETED));
        }

        @Test
        void aStopTimeThatIsOverIsRefused() {
            assertThatThrownBy(() -> establish(RUNNING, UNITS, ONLY_CHANGES, "'stop-time':'" + START + "'"))
                    .hasMessageContaining("is not in the future");
            assertThat(plant.subscriptions.list().all()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                period 0               | running     | /plant:plant/unit | 'yp:periodic':{'period':0}   | period-unsupported | period-hint=10
                period of 1 cs         | running     | /                 | 'yp:periodic':{'period':1}   | period-unsupported | period-hint=10
                startup                | startup     | /plant:plant/unit | 'yp:periodic':{'period':100} | datastore-not-subscribable |
                changes of candidate   | candidate   | /plant:plant/unit | 'yp:on-change':{}            | on-change-unsupported |
                state nobody tells of  | operational | /plant:ticker     | 'yp:on-change':{}            | on-change-unsupported |
                all of operational     | operational | /                 | 'yp:on-change':{}            | on-change-unsupported |
                no nodes               | running     | 1 + 1             | 'yp:on-change':{}            | filter-unsupported | filter-failure-hint
                no XPath               | running     | [[                | 'yp:periodic':{'period':100} | filter-unsupported | filter-failure-hint
                """)
        void whatIsNotOfferedIsRefusedWithItsReason(
                String what, String datastore, String filter, String trigger, String reason, String hint) {
            assertThatThrownBy(() -> establish(
                            "'yp:datastore':'ietf-datastores:" + datastore + "'",
                            "'yp:datastore-xpath-filter':'" + filter + "'",
                            trigger))
                    .isInstanceOfSatisfying(YangException.class, e -> {
                        assertThat(e.first().appTag()).endsWith(":" + reason);
                        var info = e.first().info().getFirst();
                        assertThat(info.name()).isEqualTo("establish-subscription-datastore-error-info");
                        assertThat(info.children().getFirst().value())
                                .hasToString(e.first().appTag());
                        assertThat(hints(info)).isEqualTo(hint == null ? List.of() : hints(info));
                        if (hint != null) {
                            assertThat(hints(info)).anyMatch(h -> h.startsWith(hint));
                        }
                    });
            assertThat(plant.subscriptions.list().all()).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("io.auspex.notifications.subscriptions.PushTest#hostileFilters")
        void hostileInputA65ToA69FiltersAreRefusedOrBounded(String row, String filter) {
            assertThatThrownBy(() -> establish(RUNNING, filter, "'yp:periodic':{'period':100}"))
                    .isInstanceOfSatisfying(
                            YangException.class,
                            e -> assertThat(e.first().tag())
                                    .isIn(ErrorTag.INVALID_VALUE, ErrorTag.RESOURCE_DENIED, ErrorTag.TOO_BIG));
            assertThat(plant.subscriptions.list().all()).isEmpty();
        }

        private List<String> hints(ErrorInfo info) {
            return info.children().stream()
                    .skip(1)
                    .map(i -> i.name() + "=" + i.value())
                    .toList();
        }

        @Test
        void someoneElsesOrAPeriodicSubscriptionCannotBeResynced() throws Exception {
            establish(RUNNING, UNITS, ONLY_CHANGES);
            establish(RUNNING, UNITS, "'yp:periodic':{'period':100}");
            for (var id : new int[] {1, 7}) {
                assertThatThrownBy(() -> plant.resync(plant.bob, id))
                        .isInstanceOfSatisfying(
                                YangException.class,
                                e -> assertThat(e.first().appTag())
                                        .isEqualTo("ietf-yang-push:no-such-subscription-resync"));
            }
            assertThatThrownBy(() -> plant.resync(plant.ann, 2)).isInstanceOf(YangException.class);
        }

        @Test
        void theListShowsTheTerms() throws Exception {
            establish(RUNNING, UNITS, "'yp:on-change':{'dampening-period':20,'excluded-change':['move']}");
            var list = new SubscriptionState(plant.subscriptions).state(plant.datastores.running());
            assertThat(Plant.text(list, false))
                    .contains("'yp:datastore':'ietf-datastores:running'")
                    .contains("'yp:datastore-xpath-filter':'/plant:plant/unit'")
                    .contains("'yp:on-change':{'dampening-period':20,'sync-on-start':true,'excluded-change':['move']}");
        }
    }

    @Nested
    class Receivers {
        @Test
        void hostileInputA118OneThatTakesNothingIsSuspendedThenTerminatedAndOthersAreNot() throws Exception {
            var slow = establish(RUNNING, UNITS, ONLY_CHANGES);
            var fast = plant.establish(plant.bob, "{" + RUNNING + "," + UNITS + "," + ONLY_CHANGES + "}");
            slow.now();
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':3}");
            assertThat(fast.next()).contains("'plant:power':3");
            plant.clock.pass(Duration.ofSeconds(11));
            plant.subscriptions.lookAfter();
            assertThat(slow.subscription().state()).isEqualTo("suspended");
            assertThat(fast.subscription().state()).isEqualTo("active");
            plant.clock.pass(Duration.ofSeconds(61));
            plant.subscriptions.lookAfter();
            assertThat(slow.next()).contains("subscription-suspended");
            assertThat(slow.next()).contains("subscription-terminated").contains("suspension-timeout");
            assertThat(plant.subscriptions.list().all()).containsExactly(fast.subscription());
        }

        @Test
        void oneThatTakesAgainGetsEverything() throws Exception {
            var slow = establish(RUNNING, UNITS, ONLY_CHANGES);
            slow.now();
            plant.put("/plant:plant/unit[id='a']/power", "{'plant:power':3}");
            await().until(() -> {
                plant.clock.pass(Duration.ofSeconds(11));
                plant.subscriptions.lookAfter();
                return slow.subscription().state().equals("suspended");
            });
            assertThat(slow.next()).contains("subscription-suspended");
            assertThat(slow.next()).contains("subscription-resumed");
            assertThat(slow.next()).contains("push-update").contains("'power':3");
            assertThat(slow.subscription().state()).isEqualTo("active");
        }

        @Test
        void hostileInputA117AUserHasABoundedNumberOfThem() throws Exception {
            for (var i = 0; i < 5; i++) {
                establish(RUNNING, UNITS, ONLY_CHANGES);
            }
            assertThatThrownBy(() -> establish(RUNNING, UNITS, ONLY_CHANGES))
                    .isInstanceOfSatisfying(
                            YangException.class,
                            e -> assertThat(e.first().appTag())
                                    .isEqualTo("ietf-subscribed-notifications:insufficient-resources"));
        }
    }
}

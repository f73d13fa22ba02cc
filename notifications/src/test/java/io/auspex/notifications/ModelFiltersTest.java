package io.auspex.notifications;

import static io.auspex.notifications.Events.MODEL;
import static io.auspex.notifications.Events.START;
import static io.auspex.notifications.Events.flapped;
import static io.auspex.notifications.Events.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.OpaqueNode.Encoding;
import io.auspex.yang.error.YangException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Filters of events by XPath and by subtree, in both encodings (RFC 8639 §2.2). */
class ModelFiltersTest {
    private static final Notification SEVEN = tick(START, 7, "hello");
    private final ModelFilters filters = new ModelFilters(MODEL);

    @Nested
    class XPath {
        private boolean passes(Notification event, String expression) throws YangException {
            return filters.xpath(expression).test(event);
        }

        @Test
        void selectsByNameAndByValue() throws YangException {
            assertThat(passes(SEVEN, "/events:tick")).isTrue();
            assertThat(passes(SEVEN, "/ev:tick[ev:n='7']")).isTrue();
            assertThat(passes(SEVEN, "/events:tick[events:n > 7]")).isFalse();
            assertThat(passes(SEVEN, "/events:tick/text = 'hello'")).isTrue();
            assertThat(passes(SEVEN, "/events:ports")).isFalse();
            assertThat(passes(SEVEN, "/tick")).isTrue();
        }

        @Test
        void seesTheDataNodesThatANotificationIsTiedTo() throws YangException {
            assertThat(passes(flapped(START, "p1"), "/events:ports/port[name='p1']/flapped"))
                    .isTrue();
            assertThat(passes(flapped(START, "p1"), "/events:ports/port[name='p2']/flapped"))
                    .isFalse();
            assertThat(passes(flapped(START, "p1"), "//events:flapped[times=3]"))
                    .isTrue();
            assertThat(passes(flapped(START, "p1"), "/events:tick")).isFalse();
        }

        @Test
        void isRefusedWhenItCannotBeRead() {
            for (var bad : new String[] {"[[", "/nosuch:tick", "document('x')", "$v", "/".repeat(9_000)}) {
                assertThatThrownBy(() -> filters.xpath(bad)).isInstanceOf(YangException.class);
            }
        }
    }

    @Nested
    class Subtree {
        private boolean passes(Notification event, Encoding encoding, String filter) throws YangException {
            return filters.subtree(new OpaqueNode(MODEL.root(), encoding, filter))
                    .test(event);
        }

        private boolean json(Notification event, String filter) throws YangException {
            return passes(event, Encoding.JSON, filter.replace('\'', '"'));
        }

        private boolean xml(Notification event, String filter) throws YangException {
            return passes(event, Encoding.XML, filter);
        }

        @Test
        void selectsByNameAndByContentInJson() throws YangException {
            assertThat(json(SEVEN, "{'events:tick':{}}")).isTrue();
            assertThat(json(SEVEN, "{'events:tick':[null]}")).isTrue();
            assertThat(json(SEVEN, "{'events:tick':{'n':7}}")).isTrue();
            assertThat(json(SEVEN, "{'events:tick':{'n':8}}")).isFalse();
            assertThat(json(SEVEN, "{'events:tick':{'n':7,'text':'other'}}")).isFalse();
            assertThat(json(SEVEN, "{'events:tick':{'text':{}}}")).isTrue();
            assertThat(json(SEVEN, "{'other:tick':{}}")).isFalse();
            assertThat(json(SEVEN, "{'other:x':{},'events:tick':{}}")).isTrue();
            assertThat(json(SEVEN, "{}")).isFalse();
        }

        @Test
        void selectsByNameAndByContentInXml() throws YangException {
            assertThat(xml(SEVEN, "<tick xmlns='urn:events'/>")).isTrue();
            assertThat(xml(SEVEN, "<tick><n> 7 </n></tick>")).isTrue();
            assertThat(xml(SEVEN, "<tick xmlns='urn:events'><n>8</n></tick>")).isFalse();
            assertThat(xml(SEVEN, "<tick xmlns='urn:other'/>")).isFalse();
            assertThat(xml(flapped(START, "p1"), "<ports xmlns='urn:events'><port><name>p1</name></port></ports>"))
                    .isTrue();
            assertThat(xml(flapped(START, "p1"), "<ports xmlns='urn:events'><port><name>p2</name></port></ports>"))
                    .isFalse();
        }

        @Test
        void isRefusedWhenItCannotBeReadOrIsTooDeep() {
            for (var bad : new String[] {"[", "3", "{'a':", "{'a':".repeat(100) + "1" + "}".repeat(100)}) {
                assertThatThrownBy(() -> json(SEVEN, bad)).isInstanceOf(YangException.class);
            }
            for (var bad : new String[] {"<a>", "<!DOCTYPE x><a/>", "<a>".repeat(100) + "</a>".repeat(100)}) {
                assertThatThrownBy(() -> xml(SEVEN, bad)).isInstanceOf(YangException.class);
            }
        }
    }
}

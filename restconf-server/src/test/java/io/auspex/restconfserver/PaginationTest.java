package io.auspex.restconfserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** List pagination over RESTCONF (draft-ietf-netconf-list-pagination and -rc). */
class PaginationTest {
    private static final String TOP = "/restconf/data/rc-test:top";
    private static final String ROWS = TOP + "/row";
    private static final Pattern IDS = Pattern.compile("\"(?:id|a)\":\"?([a-z]?\\d+)");
    private static final Pattern NEXT = Pattern.compile("ietf-list-pagination:next\":\"([^\"]*)");

    private final TestClient client = new TestClient(
            new OpenManagement(Models.MODEL), InstantSource.fixed(Instant.parse("2100-11-21T10:00:00Z")));

    @BeforeEach
    void fill() {
        var rows = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "{\"id\":" + (10 - i) + ",\"text\":\"" + "caebdfihg".charAt(i - 1) + "\"}")
                .collect(Collectors.joining(","));
        var entries = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> "{\"a\":\"e" + i + "\",\"b\":\"\",\"c\":\",/\"}")
                .collect(Collectors.joining(","));
        var made = client.put(
                TOP,
                "{\"rc-test:top\":{\"prio\":[\"z\",\"y\",\"x\"],\"row\":[" + rows + "],\"entry\":[" + entries + "]}}");
        assertThat(made.status()).isEqualTo(201);
    }

    private static String ids(String content) {
        return IDS.matcher(content).results().map(r -> r.group(1)).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=3 | 9 8 7",
                "limit=3&offset=7 | 2 1",
                "offset=9 | ''",
                "direction=backwards&limit=2 | 1 2",
                "sort-by=text&limit=3 | 8 6 9",
                "sort-by=text&direction=backwards&limit=2 | 3 2",
                "where=id%3E7 | 9 8",
                "where=id%20mod%202=0&limit=2&offset=1 | 6 4",
                "where=../entry | 9 8 7 6 5 4 3 2 1",
                "limit=unbounded&where=unfiltered&sort-by=none | 9 8 7 6 5 4 3 2 1"
            })
    void aPageHasTheEntriesAskedForInTheOrderAskedFor(String query, String ids) {
        // When
        var answer = client.get(ROWS + "?" + query);

        // Then
        assertThat(answer.status()).as(answer.content()).isEqualTo(200);
        assertThat(ids(answer.content())).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource({"row?limit=2,7", "row?limit=2&offset=3,4", "row?limit=1&where=id%3C4,2", "entry?limit=6,1"})
    void theFirstEntryTellsHowManyTheLimitLeftOut(String query, int remaining) {
        // When
        var answer = client.get(TOP + "/" + query);

        // Then
        assertThat(answer.content()).contains("\"ietf-list-pagination:remaining\":" + remaining);
    }

    @Test
    void aPageThatLeavesNothingOutSaysNothing() {
        assertThat(client.get(ROWS + "?limit=9").content()).doesNotContain("ietf-list-pagination");
    }

    @ParameterizedTest
    @CsvSource({"row,''", "entry,''", "entry,&direction=backwards", "row,&sort-by=text"})
    void cursorsLeadThroughAllPagesAndBack(String list, String order) {
        // Given
        var whole = ids(client.get(TOP + "/" + list + "?limit=100" + order).content());
        var pages = new ArrayList<String>();
        var cursor = "";

        // When
        String last;
        do {
            last = client.get(TOP + "/" + list + "?limit=2" + order + cursor).content();
            pages.add(ids(last));
            var next = NEXT.matcher(last);
            cursor = next.find() ? "&cursor=" + next.group(1) : "";
        } while (!cursor.isEmpty());

        // Then
        assertThat(String.join(" ", pages)).isEqualTo(whole);
        assertThat(last).contains("ietf-list-pagination:previous");
    }

    @Test
    void theValuesOfALeafListHavePagesToo() {
        assertThat(client.get(TOP + "/prio?limit=1&offset=1").content())
                .isEqualTo("{\"rc-test:prio\":[\"y\"],\"@rc-test:prio\":[{\"ietf-list-pagination:remaining\":1}]}");
        assertThat(client.get(TOP + "/prio?sort-by=.&limit=1").content()).contains("[\"x\"]");
        assertThat(client.get(TOP + "/prio?where=.%3D%27z%27").content()).isEqualTo("{\"rc-test:prio\":[\"z\"]}");
    }

    @Test
    void sublistLimitCutsTheListsBelowAnyNode() {
        // When
        var answer = client.get(TOP + "?sublist-limit=1");

        // Then
        assertThat(answer.content())
                .contains("\"row\":[{\"@\":{\"ietf-list-pagination:remaining\":8},\"id\":9,\"text\":\"c\"}]")
                .contains("\"prio\":[\"z\"],\"@prio\":[{\"ietf-list-pagination:remaining\":2}]");
    }

    @Test
    void xmlListWrapsTheEntriesOfAPage() {
        // When
        var answer =
                client.send("GET", ROWS + "?limit=2", TestClient.with("Accept", "application/yang-data+xml-list"), "");

        // Then
        assertThat(answer.header("Content-Type")).isEqualTo("application/yang-data+xml-list");
        assertThat(answer.content())
                .startsWith(
                        "<xml-list xmlns=\"urn:ietf:params:xml:ns:yang:ietf-list-pagination\"><row xmlns=\"urn:rc-test\"")
                .contains("lpg:remaining=\"7\"")
                .containsOnlyOnce("xmlns:lpg=")
                .endsWith("</row></xml-list>");
    }

    @Test
    void anXmlListWithoutEntriesIsADocumentAsWell() {
        assertThat(client.send(
                                "GET",
                                ROWS + "?where=id%3E99",
                                TestClient.with("Accept", "application/yang-data+xml-list"),
                                "")
                        .content())
                .isEqualTo("<xml-list xmlns=\"urn:ietf:params:xml:ns:yang:ietf-list-pagination\"></xml-list>");
    }

    @ParameterizedTest
    @CsvSource({
        "row?limit=0,400,invalid-value,''",
        "row?limit=4294967296,400,invalid-value,''",
        "row?offset=-1,400,invalid-value,''",
        "row?offset=10,416,invalid-value,offset-out-of-range",
        "row?direction=up,400,invalid-value,''",
        "row?sort-by=nosuch,400,invalid-value,''",
        "row?sort-by=.,400,invalid-value,''",
        "row?where=%5B,400,invalid-value,''",
        "row?locale=en,400,invalid-value,''",
        "row?sort-by=text&locale=xx_YY,501,invalid-value,locale-unavailable",
        "row?cursor=zzz,404,invalid-value,cursor-not-found",
        "row?cursor=%00,400,invalid-value,''",
        "row?cursor=OTk,404,invalid-value,cursor-not-found",
        "prio?cursor=eg,501,operation-not-supported,''",
        "row=1?limit=1,400,operation-not-supported,''",
        "mtu?limit=1,400,operation-not-supported,''",
        "row?sublist-limit=0,400,invalid-value,''"
    })
    void aParameterThatMakesNoSenseIsRefused(String path, int status, String tag, String appTag) {
        // When
        var answer = client.get(TOP + "/" + path);

        // Then
        assertThat(answer.status()).as(answer.content()).isEqualTo(status);
        assertThat(answer.content()).contains("\"error-tag\":\"" + tag + "\"").contains(appTag);
    }

    @Test
    void pagesAreForReadingAlone() {
        var answer = client.put(TOP + "?limit=1", "{\"rc-test:top\":{}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.content()).contains("operation-not-supported");
    }
}

package io.auspex.ittests.conformance;

import io.auspex.ittests.conformance.ConformanceCase.EventCheck;
import io.auspex.ittests.conformance.Http.Answer;
import io.auspex.ittests.conformance.Http.EventReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs one case and gathers what is wrong with the answers. */
final class CaseRun implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");
    private static final Pattern LATER = Pattern.compile("now\\+(\\d+)s");

    private final Http http;
    private final String user;
    private final ConformanceCase test;
    private final Map<String, String> variables = new HashMap<>();
    private final List<EventReader> open = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    CaseRun(Http http, String user, ConformanceCase test) {
        this.http = http;
        this.user = user;
        this.test = test;
    }

    /** What is wrong; empty when the case passes. */
    List<String> faults() throws IOException, InterruptedException {
        for (var step : test.setup()) {
            setUp(step);
        }
        if (!faults.isEmpty()) {
            return faults;
        }
        if ("sse".equals(test.request().kind()) && test.request().method().equals("GET")) {
            stream();
        } else {
            if (test.setup().stream().anyMatch(step -> "sse-close".equals(step.kind()))) {
                awaitPassing();
            } else {
                check(send(test.request()));
            }
            await(test.expectOpenEventContains());
        }
        for (var step : test.then()) {
            var answer = send(step);
            if (!step.expects(answer.status())) {
                faults.add("then " + step.method() + " " + step.path() + ": " + answer.status() + " " + answer.body());
            } else {
                checkBody("then ", answer.body(), step.expectBodyContains(), step.expectJson());
            }
        }
        return faults;
    }

    private void setUp(Step step) throws IOException, InterruptedException {
        switch (step.kind()) {
            case "sse-open" -> open.add(http.open(filled(step.path()), Map.of("Accept", "text/event-stream"), user));
            case "sse-close" -> close();
            case null, default -> {
                var answer = send(step);
                step.capture().forEach((name, from) -> variables.put(name, captured(answer, from)));
                if (!step.expects(answer.status())) {
                    faults.add("setup " + step.method() + " " + step.path() + ": " + answer.status() + " "
                            + answer.body());
                }
            }
        }
    }

    private static String captured(Answer answer, String from) {
        if (from.startsWith("header:")) {
            return answer.header(from.substring("header:".length()));
        }
        if (from.startsWith("json:")) {
            return JSON.readTree(answer.body())
                    .at(from.substring("json:".length()))
                    .asString("");
        }
        return URLEncoder.encode(now(0), StandardCharsets.UTF_8);
    }

    private static String now(long seconds) {
        return Instant.now()
                .plusSeconds(seconds)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private String filled(String text) {
        return VARIABLE.matcher(text.replace("{R}", "/restconf")).replaceAll(found -> {
            var later = LATER.matcher(found.group(1));
            return Matcher.quoteReplacement(
                    later.matches()
                            ? now(Long.parseLong(later.group(1)))
                            : variables.getOrDefault(found.group(1), found.group()));
        });
    }

    private Answer send(Step step) throws IOException, InterruptedException {
        var headers = new HashMap<String, String>();
        step.headers().forEach((name, value) -> headers.put(name, filled(value)));
        var body = step.body() == null ? null : filled(step.body());
        return http.send(step.method(), filled(step.path()), headers, body, user);
    }

    private void check(Answer answer) {
        var request = test.request();
        if (!request.expects(answer.status())) {
            faults.add("status " + answer.status() + ", expected " + request.expectStatus() + ": " + answer.body());
            return;
        }
        test.expectHeaders().forEach((name, pattern) -> {
            var regex = filled(pattern).replace("\\\"", "\"");
            if (!Pattern.compile(regex).matcher(answer.header(name)).find()) {
                faults.add("header " + name + " '" + answer.header(name) + "' does not match " + regex);
            }
        });
        test.expectNoHeaders().stream()
                .filter(name -> !answer.header(name).isEmpty())
                .forEach(name -> faults.add("header " + name + " is there"));
        test.expectBodyExcludes().stream()
                .map(this::filled)
                .filter(answer.body()::contains)
                .forEach(text -> faults.add("the body has " + text));
        if (test.expectEmptyBody() && !answer.body().isEmpty()) {
            faults.add("the body is not empty: " + answer.body());
        }
        var xml = request.headers().getOrDefault("Accept", "").contains("xml");
        checkBody("", answer.body(), request.expectBodyContains(), xml ? List.of() : request.expectJson());
    }

    private void checkBody(String when, String body, List<String> contains, List<JsonCheck> checks) {
        contains.stream()
                .map(this::filled)
                .filter(text -> !body.contains(text))
                .forEach(text -> faults.add(when + "the body lacks " + text));
        jsonFaults(body, checks).forEach(fault -> faults.add(when + fault));
    }

    private List<String> jsonFaults(String body, List<JsonCheck> checks) {
        if (checks.isEmpty()) {
            return List.of();
        }
        JsonNode document;
        try {
            document = JSON.readTree(body);
        } catch (JacksonException e) {
            return List.of("the body is no JSON: " + body);
        }
        return checks.stream()
                .flatMap(c -> c.fault(document, this::filled).stream())
                .toList();
    }

    private void stream() throws IOException, InterruptedException {
        var request = test.request();
        try (var stream = http.open(filled(request.path()), request.headers(), user)) {
            check(stream.answer());
            if (!faults.isEmpty()) {
                return;
            }
            for (var step : test.during()) {
                var answer = send(step);
                if (!step.expects(answer.status())) {
                    faults.add("during " + step.path() + ": " + answer.status() + " " + answer.body());
                }
            }
            read(stream);
        }
    }

    private void read(EventReader stream) {
        var all = test.expectEvents();
        var count = test.expectEventCount();
        var last = test.expectLastEventContains();
        if (count != null || !last.isEmpty() || !test.expectNoEventContains().isEmpty()) {
            waitUntil(Duration.ofMillis((long) (test.readS() * 1_000)), stream::hasEnded);
        }
        waitUntil(
                PATIENCE,
                () -> stream.hasEnded()
                        || !test.expectStreamEnd()
                                && (count == null || stream.events().size() >= count.getFirst())
                                && all.stream().allMatch(w -> has(stream.events(), w))
                                && (last.isEmpty() || isLast(stream.events(), last)));
        var events = stream.events();
        all.stream()
                .filter(wanted -> !has(events, wanted))
                .forEach(wanted -> faults.add("no event is " + wanted + " among " + events));
        test.expectNoEventContains().stream()
                .filter(text -> events.stream().anyMatch(e -> e.contains(text)))
                .forEach(text -> faults.add("an event has " + text));
        if (count != null && (events.size() < count.getFirst() || events.size() > count.getLast())) {
            faults.add(events.size() + " events, expected " + count);
        }
        if (!last.isEmpty() && !isLast(events, last)) {
            faults.add("the last event is not " + last + " among " + events);
        }
        if (test.expectStreamEnd() && !stream.hasEnded()) {
            faults.add("the stream is open still");
        }
    }

    private static boolean isLast(List<String> events, List<String> texts) {
        return !events.isEmpty() && texts.stream().allMatch(events.getLast()::contains);
    }

    private boolean has(List<String> events, EventCheck wanted) {
        return events.stream()
                .anyMatch(e -> wanted.contains().stream().allMatch(e::contains)
                        && jsonFaults(e, wanted.json()).isEmpty());
    }

    private void await(List<String> texts) {
        var found = texts.isEmpty()
                || waitUntil(
                        PATIENCE,
                        () -> open.stream()
                                .flatMap(s -> s.events().stream())
                                .anyMatch(e -> texts.stream().allMatch(e::contains)));
        if (!found) {
            faults.add("no open stream got " + texts);
        }
    }

    /** Asks until nothing is wrong: that a stream was closed is noticed by and by. */
    private void awaitPassing() {
        waitUntil(PATIENCE, () -> {
            faults.clear();
            check(send(test.request()));
            return faults.isEmpty();
        });
    }

    private static boolean waitUntil(Duration most, Callable<Boolean> condition) {
        try {
            Awaitility.await().pollInterval(POLL).atMost(most).until(condition);
            return true;
        } catch (ConditionTimeoutException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (var stream : open) {
            stream.close();
        }
        open.clear();
    }
}

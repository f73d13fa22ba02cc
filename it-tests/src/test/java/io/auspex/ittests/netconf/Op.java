package io.auspex.ittests.netconf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A NETCONF operation, to be sent as XML or typed as a command of yangcli.
 *
 * @param parameters by name; empty for an element without content
 * @param holder of the content: config or filter
 * @param content XML of the module rc-test; null for none
 * @param awaited what the client has to hear before it goes on: until then it does it again; empty for nothing
 */
record Op(
        String name,
        String namespace,
        Map<String, String> parameters,
        String holder,
        @Nullable String content,
        String awaited) {
    private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
    private static final String MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";
    private static final String NOTIFICATION = "urn:ietf:params:xml:ns:netconf:notification:1.0";

    private Op(String name, String namespace, Map<String, String> parameters, String holder, @Nullable String content) {
        this(name, namespace, parameters, holder, content, "");
    }

    /** @param parameters names and values in turn */
    static Op of(String name, String... parameters) {
        return new Op(name, BASE, map(parameters), "", null);
    }

    private static Map<String, String> map(String... parameters) {
        var map = new LinkedHashMap<String, String>();
        for (var i = 0; i < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        return map;
    }

    /** An edit of the list of rows; rows may say their operation as {@code nc:operation}. */
    static Op edit(String target, String rows, String... parameters) {
        var all = map("target", target);
        all.putAll(map(parameters));
        return new Op("edit-config", BASE, all, "config", top(rows));
    }

    /** A read of the list of rows. */
    static Op rows(String source) {
        return new Op("get-config", BASE, map("source", source), "filter", top("<row/>"));
    }

    /** A read of one row by XPath. */
    static Op row(String source, int id) {
        return new Op("get-config", BASE, map("source", source), "xpath", "/rt:top/rt:row[rt:id='" + id + "']");
    }

    static Op schema(String module) {
        return new Op("get-schema", MONITORING, map("identifier", module), "", null);
    }

    static Op subscribe() {
        return new Op("create-subscription", NOTIFICATION, map(), "", null);
    }

    /** The same, over and over until something is heard. */
    Op untilHeard(String text) {
        return new Op(name, namespace, parameters, holder, content, text);
    }

    private static String top(String content) {
        return "<top xmlns=\"urn:rc-test\" xmlns:nc=\"" + BASE + "\">" + content + "</top>";
    }

    String xml() {
        var inner = parameters.entrySet().stream().map(Op::element).collect(Collectors.joining());
        var last = switch (holder) {
            case "" -> "";
            case "xpath" -> "<filter type=\"xpath\" xmlns:rt=\"urn:rc-test\" select=\"" + content + "\"/>";
            default -> "<" + holder + ">" + content + "</" + holder + ">";
        };
        return "<" + name + " xmlns=\"" + namespace + "\">" + inner + last + "</" + name + ">";
    }

    private static String element(Map.Entry<String, String> parameter) {
        var name = parameter.getKey();
        var datastore = name.equals("target") || name.equals("source");
        return "<" + name + ">" + (datastore ? "<" + parameter.getValue() + "/>" : parameter.getValue()) + "</" + name
                + ">";
    }

    /** @param file writes content to a file and gives its name */
    String command(UnaryOperator<String> file) {
        var words = parameters.entrySet().stream()
                .map(p -> " " + p.getKey() + (p.getValue().isEmpty() ? "" : "=" + p.getValue()))
                .collect(Collectors.joining());
        if (content == null) {
            return name + words;
        }
        return holder.equals("xpath")
                ? "x" + name + " select=\"" + content + "\"" + words
                : name + words + " " + holder + "=@" + file.apply(content);
    }
}

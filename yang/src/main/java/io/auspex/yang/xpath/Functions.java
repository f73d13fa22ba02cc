package io.auspex.yang.xpath;

import io.auspex.yang.xpath.Evaluation.Focus;
import io.auspex.yang.xpath.XPathValue.NodeSet;
import io.auspex.yang.xpath.XPathValue.Text;
import io.auspex.yang.xpath.XPathValue.Truth;
import java.util.List;
import java.util.Optional;

/** The functions of XPath 1.0 §4; those of YANG are passed on. */
final class Functions {
    private final Evaluation evaluation;
    private final YangFunctions yang;

    Functions(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.yang = new YangFunctions(evaluation);
    }

    XPathValue call(Expr.Call call, Focus focus) {
        var arguments = call.arguments();
        return switch (call.function()) {
            case BOOLEAN -> new Truth(evaluation.truth(arguments.getFirst(), focus));
            case NOT -> new Truth(!evaluation.truth(arguments.getFirst(), focus));
            case TRUE -> new Truth(true);
            case FALSE, LANG -> new Truth(false);
            case LAST -> number(focus.size());
            case POSITION -> number(focus.position());
            case COUNT -> number(evaluation.nodes(arguments.getFirst(), focus).size());
            case SUM ->
                number(evaluation.nodes(arguments.getFirst(), focus).stream()
                        .mapToDouble(evaluation.conversions()::number)
                        .sum());
            case NUMBER ->
                number(
                        arguments.isEmpty()
                                ? evaluation.conversions().number(focus.node())
                                : evaluation.number(arguments.getFirst(), focus));
            case CEILING -> number(Math.ceil(evaluation.number(arguments.getFirst(), focus)));
            case FLOOR -> number(Math.floor(evaluation.number(arguments.getFirst(), focus)));
            case ROUND -> number(round(evaluation.number(arguments.getFirst(), focus)));
            case STRING -> new Text(textOf(arguments, focus));
            case CONCAT -> {
                var all = new StringBuilder();
                for (var argument : arguments) {
                    all.append(evaluation.text(argument, focus));
                }
                yield new Text(all.toString());
            }
            case STARTS_WITH -> new Truth(text(call, 0, focus).startsWith(text(call, 1, focus)));
            case CONTAINS -> new Truth(text(call, 0, focus).contains(text(call, 1, focus)));
            case SUBSTRING_BEFORE -> {
                var whole = text(call, 0, focus);
                var at = whole.indexOf(text(call, 1, focus));
                yield new Text(at < 0 ? "" : whole.substring(0, at));
            }
            case SUBSTRING_AFTER -> {
                var whole = text(call, 0, focus);
                var part = text(call, 1, focus);
                var at = whole.indexOf(part);
                yield new Text(at < 0 ? "" : whole.substring(at + part.length()));
            }
            case SUBSTRING -> new Text(substring(call, focus));
            case STRING_LENGTH -> {
                var text = textOf(arguments, focus);
                yield number(text.codePointCount(0, text.length()));
            }
            case NORMALIZE_SPACE ->
                new Text(String.join(
                        " ", Conversions.trim(textOf(arguments, focus)).split("[ \t\r\n]+")));
            case TRANSLATE -> new Text(translate(text(call, 0, focus), text(call, 1, focus), text(call, 2, focus)));
            case LOCAL_NAME ->
                new Text(named(arguments, focus).map(n -> n.schema().name()).orElse(""));
            case NAME ->
                new Text(named(arguments, focus)
                        .map(n ->
                                n.schema().module().prefix() + ":" + n.schema().name())
                        .orElse(""));
            case NAMESPACE_URI ->
                new Text(
                        named(arguments, focus).map(n -> n.schema().namespace()).orElse(""));
            case CURRENT -> new NodeSet(List.of(evaluation.current()));
            case DEREF -> new NodeSet(yang.deref(evaluation.nodes(arguments.getFirst(), focus)));
            case DERIVED_FROM ->
                new Truth(yang.derivedFrom(evaluation.nodes(arguments.getFirst(), focus), text(call, 1, focus), false));
            case DERIVED_FROM_OR_SELF ->
                new Truth(yang.derivedFrom(evaluation.nodes(arguments.getFirst(), focus), text(call, 1, focus), true));
            case ENUM_VALUE -> number(YangFunctions.enumValue(evaluation.nodes(arguments.getFirst(), focus)));
            case BIT_IS_SET ->
                new Truth(YangFunctions.bitIsSet(evaluation.nodes(arguments.getFirst(), focus), text(call, 1, focus)));
            case RE_MATCH -> new Truth(yang.matches(text(call, 0, focus), text(call, 1, focus)));
        };
    }

    private static XPathValue.Number number(double value) {
        return new XPathValue.Number(value);
    }

    private String text(Expr.Call call, int argument, Focus focus) {
        return evaluation.text(call.arguments().get(argument), focus);
    }

    /** The text of the one argument, of the context node where it is left out. */
    private String textOf(List<Expr> arguments, Focus focus) {
        return arguments.isEmpty()
                ? evaluation.conversions().text(focus.node())
                : evaluation.text(arguments.getFirst(), focus);
    }

    /** The first node of the one argument, the context node where it is left out; no name has the root. */
    private Optional<XPathNode> named(List<Expr> arguments, Focus focus) {
        var node = arguments.isEmpty()
                ? Optional.of(focus.node())
                : evaluation.nodes(arguments.getFirst(), focus).stream().findFirst();
        return node.filter(n -> n.up() != null);
    }

    /** The nearest integer, of two the greater one; what is negative and above -1 gives negative zero (XPath 1.0 §4.4). */
    private static double round(double number) {
        var below = Math.floor(number);
        return number - below < 0.5 ? Math.copySign(below, number) : Math.copySign(Math.abs(below + 1), number);
    }

    private String substring(Expr.Call call, Focus focus) {
        var text = text(call, 0, focus);
        var start = round(evaluation.number(call.arguments().get(1), focus));
        var end = call.arguments().size() == 3
                ? start + round(evaluation.number(call.arguments().get(2), focus))
                : Double.POSITIVE_INFINITY;
        var part = new StringBuilder();
        var position = 1;
        for (var at = 0; at < text.length(); position++) {
            var codePoint = text.codePointAt(at);
            if (position >= start && position < end) {
                part.appendCodePoint(codePoint);
            }
            at += Character.charCount(codePoint);
        }
        return part.toString();
    }

    private static String translate(String text, String from, String to) {
        var source = from.codePoints().toArray();
        var target = to.codePoints().toArray();
        var result = new StringBuilder();
        text.codePoints().forEach(c -> {
            var at = 0;
            while (at < source.length && source[at] != c) {
                at++;
            }
            if (at == source.length) {
                result.appendCodePoint(c);
            } else if (at < target.length) {
                result.appendCodePoint(target[at]);
            }
        });
        return result.toString();
    }
}

package io.auspex.yang.xpath;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The syntax tree of an expression (XPath 1.0 §3), every name resolved. */
sealed interface Expr {
    record Literal(String text) implements Expr {}

    record Number(double value) implements Expr {}

    record Or(List<Expr> operands) implements Expr {}

    record And(List<Expr> operands) implements Expr {}

    record Compare(Comparison operator, Expr left, Expr right) implements Expr {}

    /** A chain of operators of one rank, evaluated from left to right. */
    record Arithmetic(Expr first, List<Operation> rest) implements Expr {}

    record Negate(Expr operand) implements Expr {}

    record Union(List<Expr> operands) implements Expr {}

    record Filter(Expr primary, List<Expr> predicates) implements Expr {}

    /** A path from the context node, from the root where absolute, or from the nodes of {@code start}. */
    record Path(@Nullable Expr start, boolean absolute, List<Step> steps) implements Expr {}

    record Call(Function function, List<Expr> arguments) implements Expr {}

    record Operation(Arithmetical operator, Expr operand) {}

    record Step(Axis axis, NodeTest test, List<Expr> predicates) {}

    /** Which nodes of an axis a step takes. */
    sealed interface NodeTest {
        /** Of that namespace and name; the namespace null for a name of the parent's module (RFC 7950 §6.4.1). */
        record Name(@Nullable String namespace, String local) implements NodeTest {}

        /** Every element of a namespace. */
        record Namespace(String namespace) implements NodeTest {}

        record Element() implements NodeTest {}

        record AnyNode() implements NodeTest {}

        record TextNode() implements NodeTest {}

        /** Comments and processing instructions, of which there are none. */
        record Nothing() implements NodeTest {}
    }

    enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    enum Arithmetical {
        PLUS,
        MINUS,
        TIMES,
        DIVIDE,
        MODULO
    }
}

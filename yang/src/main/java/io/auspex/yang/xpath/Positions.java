package io.auspex.yang.xpath;

/** What can be told of a predicate without evaluating it: there are no variables, so its type is known. */
final class Positions {
    private Positions() {}

    /** True for an expression whose value is a number, which as a predicate means a position (XPath 1.0 §2.4). */
    static boolean isNumber(Expr expression) {
        return switch (expression) {
            case Expr.Number _, Expr.Arithmetic _, Expr.Negate _ -> true;
            case Expr.Call(var function, var _) ->
                switch (function) {
                    case CEILING, COUNT, FLOOR, LAST, NUMBER, POSITION, ROUND, STRING_LENGTH, SUM, ENUM_VALUE -> true;
                    case BOOLEAN,
                            CONCAT,
                            CONTAINS,
                            FALSE,
                            LANG,
                            LOCAL_NAME,
                            NAME,
                            NAMESPACE_URI,
                            NORMALIZE_SPACE,
                            NOT,
                            STARTS_WITH,
                            STRING,
                            SUBSTRING,
                            SUBSTRING_AFTER,
                            SUBSTRING_BEFORE,
                            TRANSLATE,
                            TRUE,
                            BIT_IS_SET,
                            CURRENT,
                            DEREF,
                            DERIVED_FROM,
                            DERIVED_FROM_OR_SELF,
                            RE_MATCH -> false;
                };
            case Expr.Literal _, Expr.Or _, Expr.And _, Expr.Compare _, Expr.Union _, Expr.Filter _, Expr.Path _ ->
                false;
        };
    }

    /** True for a predicate that depends on the position of its node among the others. */
    static boolean counts(Expr predicate) {
        return isNumber(predicate) || asks(predicate);
    }

    private static boolean asks(Expr expression) {
        return switch (expression) {
            case Expr.Literal _, Expr.Number _ -> false;
            case Expr.Or(var operands) -> operands.stream().anyMatch(Positions::asks);
            case Expr.And(var operands) -> operands.stream().anyMatch(Positions::asks);
            case Expr.Union(var operands) -> operands.stream().anyMatch(Positions::asks);
            case Expr.Compare(var _, var left, var right) -> asks(left) || asks(right);
            case Expr.Arithmetic(var first, var rest) ->
                asks(first) || rest.stream().anyMatch(o -> asks(o.operand()));
            case Expr.Negate(var operand) -> asks(operand);
            case Expr.Filter(var primary, var _) -> asks(primary);
            case Expr.Path(var start, var _, var _) -> start != null && asks(start);
            case Expr.Call(var function, var arguments) ->
                function == Function.POSITION
                        || function == Function.LAST
                        || arguments.stream().anyMatch(Positions::asks);
        };
    }

    /** True for an expression that is the same for every node of a step, so that it can be evaluated once. */
    static boolean isFixed(Expr expression) {
        return switch (expression) {
            case Expr.Literal _, Expr.Number _ -> true;
            case Expr.Path(var start, var absolute, var _) -> start == null ? absolute : isFixed(start);
            case Expr.Filter(var primary, var _) -> isFixed(primary);
            case Expr.Call(var function, var arguments) ->
                switch (function) {
                    case CURRENT -> true;
                    case CONCAT, STRING, NUMBER, SUBSTRING, SUBSTRING_AFTER, SUBSTRING_BEFORE, DEREF ->
                        !arguments.isEmpty() && arguments.stream().allMatch(Positions::isFixed);
                    default -> false;
                };
            case Expr.Or _, Expr.And _, Expr.Compare _, Expr.Arithmetic _, Expr.Negate _, Expr.Union _ -> false;
        };
    }
}

package io.auspex.expressions;

/** A value of the expression language; missing data is a value too, so that nothing throws while metrics are evaluated. */
public sealed interface Value {

    /** A finite number. */
    record Num(double number) implements Value {
        public Num {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("a num is finite, got " + number);
            }
            // Adding zero turns -0.0 into 0.0, so that equal numbers are equal records.
            number = number + 0.0;
        }

        @Override
        public String toString() {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : Double.toString(number);
        }
    }

    /** A truth value. */
    record Bool(boolean truth) implements Value {
        @Override
        public String toString() {
            return Boolean.toString(truth);
        }
    }

    /** A character string. */
    record Text(String text) implements Value {
        @Override
        public String toString() {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }

    /** No value, and why there is none. */
    record Absent(String why) implements Value {
        @Override
        public String toString() {
            return "absent (" + why + ")";
        }
    }

    /** A number, or absent where the arithmetic had no finite result. */
    static Value num(double number) {
        return Double.isFinite(number) ? new Num(number) : new Absent("the result is not a finite number");
    }

    /** Whether this value has the type; an absent value has every type. */
    default boolean is(ValueType type) {
        return switch (this) {
            case Num _ -> type == ValueType.NUM;
            case Bool _ -> type == ValueType.BOOL;
            case Text _ -> type == ValueType.TEXT;
            case Absent _ -> true;
        };
    }
}

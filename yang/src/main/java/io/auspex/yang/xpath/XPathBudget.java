package io.auspex.yang.xpath;

/** How many nodes evaluations may visit together; used by one thread at a time. */
public final class XPathBudget {
    /** What one request, or the validation of one commit, may visit unless configured otherwise. */
    public static final long DEFAULT = 1_000_000;

    private final long limit;
    private long spent;

    public XPathBudget(long limit) {
        this.limit = limit;
    }

    public static XPathBudget standard() {
        return new XPathBudget(DEFAULT);
    }

    /** The budget is used up; becomes an error at the door of this package. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted(long limit) {
            super("the expression visits more than " + limit + " nodes", null, false, false);
        }
    }

    void spend(long nodes) {
        spent += nodes;
        if (spent > limit) {
            throw new Exhausted(limit);
        }
    }

    /** Nodes visited so far. */
    public long spent() {
        return spent;
    }
}

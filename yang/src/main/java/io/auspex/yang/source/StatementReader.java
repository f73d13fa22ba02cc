package io.auspex.yang.source;

import java.util.ArrayDeque;
import java.util.ArrayList;

/** Splits YANG text into statements without recursion (RFC 7950 §6); whether they are the right ones is not asked. */
final class StatementReader {
    static final int MAX_DEPTH = 128;
    static final int MAX_STATEMENTS = 500_000;

    private final String text;
    private int at;
    private int line = 1;

    private StatementReader(String text) {
        this.text = text;
    }

    /** A statement without keyword that holds those of the text. */
    static Statement read(String text) throws SourceRefused {
        return new StatementReader(text).run();
    }

    private Statement run() throws SourceRefused {
        var root = new Statement("", "", 1, new ArrayList<>());
        var open = new ArrayDeque<Statement>();
        open.push(root);
        var count = 0;
        for (skip(); at < text.length(); skip()) {
            if (next('}')) {
                open.pop();
                if (open.isEmpty()) {
                    throw refused("'}' without '{'");
                }
                continue;
            }
            var statement = statement();
            open.element().parts().add(statement);
            if (++count > MAX_STATEMENTS) {
                throw refused("more than " + MAX_STATEMENTS + " statements");
            }
            if (next('{')) {
                open.push(statement);
                if (open.size() > MAX_DEPTH) {
                    throw refused("nested deeper than " + MAX_DEPTH);
                }
            } else if (!next(';')) {
                throw refused("';' or '{' expected after '" + statement.keyword() + "'");
            }
        }
        if (open.size() > 1) {
            throw refused("it ends where the '}' of '" + open.element().keyword() + "' is missing");
        }
        return root;
    }

    private Statement statement() throws SourceRefused {
        var begin = line;
        var keyword = string();
        skip();
        var argument = at < text.length() && "{};".indexOf(text.charAt(at)) < 0 ? string() : "";
        skip();
        if (at == text.length() || text.charAt(at) != '+') {
            return new Statement(keyword, argument, begin, new ArrayList<>());
        }
        var joined = new StringBuilder(argument);
        for (; next('+'); skip()) {
            skip();
            joined.append(string());
        }
        return new Statement(keyword, joined.toString(), begin, new ArrayList<>());
    }

    private String string() throws SourceRefused {
        if (at == text.length()) {
            throw refused("it ends within a statement");
        }
        var quote = text.charAt(at);
        if (quote == '"' || quote == '\'') {
            return quoted(quote);
        }
        var start = at;
        while (at < text.length() && " \t\r\n;{}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw refused("'" + quote + "' where a statement or its argument is expected");
        }
        return text.substring(start, at);
    }

    private String quoted(char quote) throws SourceRefused {
        var begin = line;
        var start = ++at;
        for (; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == quote) {
                return text.substring(start, at++);
            }
            line += c == '\n' ? 1 : 0;
            at += c == '\\' && quote == '"' ? 1 : 0;
        }
        throw new SourceRefused(begin, "a string that does not end");
    }

    /** Leaves out white space and comments. */
    private void skip() throws SourceRefused {
        while (at < text.length()) {
            var c = text.charAt(at);
            if (" \t\r\n\uFEFF".indexOf(c) >= 0) {
                line += c == '\n' ? 1 : 0;
                at++;
            } else if (text.startsWith("//", at)) {
                var end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                var end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw refused("a comment that does not end");
                }
                line += (int)
                        text.substring(at, end).chars().filter(x -> x == '\n').count();
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private boolean next(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private SourceRefused refused(String what) {
        return new SourceRefused(line, what);
    }
}

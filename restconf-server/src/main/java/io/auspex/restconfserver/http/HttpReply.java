package io.auspex.restconfserver.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One HTTP response (RFC 9110 §15). */
public sealed interface HttpReply {
    int status();

    List<Header> headers();

    /** The same reply with further header fields. */
    HttpReply with(List<Header> more);

    private static List<Header> joined(List<Header> a, List<Header> b) {
        var all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /** Without content. */
    record Empty(int status, List<Header> headers) implements HttpReply {
        public Empty {
            headers = List.copyOf(headers);
        }

        @Override
        public Empty with(List<Header> more) {
            return new Empty(status, joined(headers, more));
        }
    }

    /**
     * With content that is at hand.
     *
     * @param content not altered by anyone afterwards
     */
    record Whole(int status, List<Header> headers, byte[] content) implements HttpReply {
        public Whole {
            headers = List.copyOf(headers);
        }

        @Override
        public Whole with(List<Header> more) {
            return new Whole(status, joined(headers, more), content);
        }
    }

    /** With content that is made while it is sent. */
    record Streamed(int status, List<Header> headers, Content content) implements HttpReply {
        public Streamed {
            headers = List.copyOf(headers);
        }

        @Override
        public Streamed with(List<Header> more) {
            return new Streamed(status, joined(headers, more), content);
        }
    }

    /** Makes the content of a reply. */
    @FunctionalInterface
    interface Content {
        /**
         * Writes all of it. Until the first flush, or as long as it fits into one buffer, a failure can still be answered by
         * an error reply; later the connection is cut.
         *
         * @throws IOException when the peer has gone or does not take it in time
         */
        void writeTo(ReplyBody out) throws IOException, InterruptedException;

        /** The same, made while scoped values are bound. */
        default Content within(ScopedValue.Carrier scope) {
            return out -> {
                var fault = scope.call(() -> {
                    try {
                        writeTo(out);
                        return null;
                    } catch (IOException | InterruptedException e) {
                        return e;
                    }
                });
                switch (fault) {
                    case null -> {}
                    case IOException e -> throw e;
                    case InterruptedException e -> throw e;
                    default -> throw new IllegalStateException(fault);
                }
            };
        }
    }
}

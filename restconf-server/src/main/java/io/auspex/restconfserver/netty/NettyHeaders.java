package io.auspex.restconfserver.netty;

import io.auspex.restconfserver.http.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** Header fields as Netty has them. */
record NettyHeaders(HttpHeaders fields) implements Headers {
    @Override
    public List<String> all(String name) {
        return fields.getAll(name);
    }

    @Override
    public Optional<String> first(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    @Override
    public boolean has(String name) {
        return fields.contains(name);
    }
}

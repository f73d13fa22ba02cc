package io.auspex.assuranceengine.graph;

import java.util.Map;

/** What makes two subservices one: type and parameters (RFC 9417 §3.1.1). */
record Identity(String type, Map<String, String> parameters) {
    static Identity of(Subservice subservice) {
        return new Identity(subservice.id().type(), subservice.parameters());
    }
}

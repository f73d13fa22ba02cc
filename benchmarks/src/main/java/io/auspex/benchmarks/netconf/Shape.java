package io.auspex.benchmarks.netconf;

/** The list that is read and edited, as a server has it: the same entries, in the modules that the server knows. */
enum Shape {
    /** Subservices of devices, in the modules of RFC 9418. */
    SUBSERVICES(
            "urn:ietf:params:xml:ns:yang:ietf-service-assurance",
            "urn:ietf:params:xml:ns:yang:ietf-service-assurance-device",
            "sd:device-type"),
    /** The same nodes in one module, whose type is a string: for servers that do not take those modules. */
    PLAIN("urn:auspex:bench-list", "urn:auspex:bench-list", "device-type");

    static final String PLAIN_MODULE = """
            module bench-list {
              namespace "urn:auspex:bench-list";
              prefix bl;
              revision 2026-11-25;
              container subservices {
                list subservice {
                  key "type id";
                  leaf type { type string; }
                  leaf id { type string; }
                  container parameters { leaf device { type string; } }
                }
              }
            }
            """;

    private final String module;
    private final String device;
    private final String type;

    Shape(String module, String device, String type) {
        this.module = module;
        this.device = device;
        this.type = type;
    }

    private String key(int number) {
        return "<type xmlns:sd=\"" + device + "\">" + type + "</type><id>subservice-" + number + "</id>";
    }

    String entry(int number, int router) {
        return "<subservice>" + key(number) + "<parameters xmlns=\"" + device + "\"><device>router-" + router
                + "</device></parameters></subservice>";
    }

    String edit(String datastore, String entries) {
        return "<edit-config><target><" + datastore + "/></target><config><subservices xmlns=\"" + module + "\">"
                + entries + "</subservices></config></edit-config>";
    }

    String get(int number) {
        return "<get-config><source><running/></source><filter><subservices xmlns=\"" + module + "\"><subservice>"
                + key(number) + "</subservice></subservices></filter></get-config>";
    }
}

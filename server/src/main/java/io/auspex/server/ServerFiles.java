package io.auspex.server;

/** The names of files in the data folder that commands and people look for. */
final class ServerFiles {
    /** PEM of the certificate that RESTCONF shows. */
    static final String CERTIFICATE = "tls/server.cert.pem";

    /** The password of user admin, made at the first start. */
    static final String INITIAL_PASSWORD = "initial-password";

    private ServerFiles() {}
}

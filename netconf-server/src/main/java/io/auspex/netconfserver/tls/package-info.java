/** NETCONF's TLS transport (RFC 7589): the listener, its limits and the server's certificate. */
@NullMarked
package io.auspex.netconfserver.tls;

import org.jspecify.annotations.NullMarked;

/** NETCONF's SSH transport (RFC 6242): the listener, its logins, limits and host keys. */
@NullMarked
package io.auspex.netconfserver.ssh;

import org.jspecify.annotations.NullMarked;

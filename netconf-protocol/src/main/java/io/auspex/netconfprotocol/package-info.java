/** Framing, hello, message parsing: what both ends of NETCONF share. */
@NullMarked
package io.auspex.netconfprotocol;

import org.jspecify.annotations.NullMarked;

/** Northbound NETCONF over SSH. */
@NullMarked
package io.auspex.netconfserver;

import org.jspecify.annotations.NullMarked;

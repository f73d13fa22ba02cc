/** The one error model of NETCONF (RFC 6241 §4.3) and RESTCONF (RFC 8040 §7.1). */
@NullMarked
package io.auspex.yang.error;

import org.jspecify.annotations.NullMarked;

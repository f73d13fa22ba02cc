/** HTTP/1.1 and HTTP/2 on Netty, whose types stay in here. */
@NullMarked
package io.auspex.restconfserver.netty;

import org.jspecify.annotations.NullMarked;

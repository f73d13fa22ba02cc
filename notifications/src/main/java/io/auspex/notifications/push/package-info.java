/** Updates from datastores: YANG-Push (RFC 8641). */
@NullMarked
package io.auspex.notifications.push;

import org.jspecify.annotations.NullMarked;

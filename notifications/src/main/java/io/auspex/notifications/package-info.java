/** Event streams and subscriptions. */
@NullMarked
package io.auspex.notifications;

import org.jspecify.annotations.NullMarked;

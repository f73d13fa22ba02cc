/** Device sessions and polling: devices in, metric values out. */
@NullMarked
package io.auspex.netconfsouthbound;

import org.jspecify.annotations.NullMarked;

/** What both northbound protocols offer, once: read, edit, operations, sessions. */
@NullMarked
package io.auspex.management;

import org.jspecify.annotations.NullMarked;

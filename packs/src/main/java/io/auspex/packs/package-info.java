/** Subservice packs: reading and checking them. */
@NullMarked
package io.auspex.packs;

import org.jspecify.annotations.NullMarked;

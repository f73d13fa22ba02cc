/** Relevant states and their life cycle. */
@NullMarked
package io.auspex.anomalydetection;

import org.jspecify.annotations.NullMarked;

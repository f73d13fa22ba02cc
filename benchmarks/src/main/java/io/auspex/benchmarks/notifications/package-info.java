/** Measures event streams and subscriptions. */
@NullMarked
package io.auspex.benchmarks.notifications;

import org.jspecify.annotations.NullMarked;

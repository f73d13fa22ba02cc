/** The assurance graph and its health over time, in SQL. */
@NullMarked
package io.auspex.history;

import org.jspecify.annotations.NullMarked;

/** Assurance graph, metric engine, expression graph, health status and symptoms. */
@NullMarked
package io.auspex.assuranceengine;

import org.jspecify.annotations.NullMarked;

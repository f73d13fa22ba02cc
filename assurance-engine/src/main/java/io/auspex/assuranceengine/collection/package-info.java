/** The engine's door to the devices: what is to be collected, and what came back. */
@NullMarked
package io.auspex.assuranceengine.collection;

import org.jspecify.annotations.NullMarked;

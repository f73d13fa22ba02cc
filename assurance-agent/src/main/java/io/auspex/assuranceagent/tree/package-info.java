/** Trees of operational state that are made while they are read. */
@NullMarked
package io.auspex.assuranceagent.tree;

import org.jspecify.annotations.NullMarked;

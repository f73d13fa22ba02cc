/** The data tree: lazily readable nodes and their immutable, structure-sharing implementation. */
@NullMarked
package io.auspex.yang.data;

import org.jspecify.annotations.NullMarked;

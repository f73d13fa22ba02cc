/** Module texts before they are compiled: statements, and what they would grow to (RFC 7950 §6). */
@NullMarked
package io.auspex.yang.source;

import org.jspecify.annotations.NullMarked;

/** Filters that select a part of a data tree: by subtree (RFC 6241 §6) and by XPath (RFC 6241 §8.9). */
@NullMarked
package io.auspex.yang.filter;

import org.jspecify.annotations.NullMarked;

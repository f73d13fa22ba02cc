/** The compiled schema: modules, schema nodes, value types and the paths of data nodes (RFC 7950). */
@NullMarked
package io.auspex.yang.schema;

import org.jspecify.annotations.NullMarked;

/** XPath 1.0 with the functions of YANG 1.1 over data trees (RFC 7950 §6.4, §10). */
@NullMarked
package io.auspex.yang.xpath;

import org.jspecify.annotations.NullMarked;

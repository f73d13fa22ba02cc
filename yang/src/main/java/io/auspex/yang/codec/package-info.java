/** Data trees in JSON (RFC 7951) and XML (RFC 7950), and as NormalizedNodes of YANG Tools. */
@NullMarked
package io.auspex.yang.codec;

import org.jspecify.annotations.NullMarked;

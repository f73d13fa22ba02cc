/** The YANG modules, the model context, the data tree and its JSON and XML codecs. */
@NullMarked
package io.auspex.yang;

import org.jspecify.annotations.NullMarked;

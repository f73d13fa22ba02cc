/** Java bindings of the modules that Auspex works on, and the codec between them and data trees. */
@NullMarked
package io.auspex.yangbindings;

import org.jspecify.annotations.NullMarked;

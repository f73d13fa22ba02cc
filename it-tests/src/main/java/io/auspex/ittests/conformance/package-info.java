/** What the black-box conformance cases need beyond the shipped server: life for the module rc-test. */
@NullMarked
package io.auspex.ittests.conformance;

import org.jspecify.annotations.NullMarked;

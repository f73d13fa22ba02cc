/** The SAIN agent: joins the engine and the YANG world. */
@NullMarked
package io.auspex.assuranceagent;

import org.jspecify.annotations.NullMarked;

/** What packs know about each type of subservice: metrics, where devices keep them, and what is a symptom (RFC 9417 §3.3, §3.4). */
@NullMarked
package io.auspex.assuranceengine.catalogue;

import org.jspecify.annotations.NullMarked;

/** HTTP as the RESTCONF side sees it: requests, replies, media types, conditions; no transport. */
@NullMarked
package io.auspex.restconfserver.http;

import org.jspecify.annotations.NullMarked;

/** The RESTCONF interface of a model as an OpenAPI 3.1 document. */
@NullMarked
package io.auspex.restconfserver.openapi;

import org.jspecify.annotations.NullMarked;

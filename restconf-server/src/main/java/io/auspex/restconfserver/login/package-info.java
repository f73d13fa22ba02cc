/** Who makes an HTTP request: passwords, bearer tokens, client certificates. */
@NullMarked
package io.auspex.restconfserver.login;

import org.jspecify.annotations.NullMarked;

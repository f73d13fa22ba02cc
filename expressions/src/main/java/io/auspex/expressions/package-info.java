/** The typed expression language: parser, checker, evaluation. */
@NullMarked
package io.auspex.expressions;

import org.jspecify.annotations.NullMarked;

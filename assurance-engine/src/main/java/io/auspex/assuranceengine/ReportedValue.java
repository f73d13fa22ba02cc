package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.SubserviceId;
import io.auspex.expressions.Value;

/** A value that a probe reports from outside for a metric whose source is {@code reported}. */
public record ReportedValue(SubserviceId subservice, String metric, Value value) {}

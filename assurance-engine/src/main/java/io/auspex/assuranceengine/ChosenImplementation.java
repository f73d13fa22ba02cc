package io.auspex.assuranceengine;

import io.auspex.assuranceengine.catalogue.MetricImplementation;

/** Which of the candidates a device turned out to serve for a metric of a subservice type (RFC 9417 §3.4). */
public record ChosenImplementation(String subserviceType, String metric, MetricImplementation implementation) {}

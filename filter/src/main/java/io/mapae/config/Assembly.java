package io.mapae.config;

import io.mapae.http.GateOptions;
import io.mapae.identity.CallerMapping;
import io.mapae.keys.KeySource;
import io.mapae.verify.Policy;
import java.util.List;

/** Everything that the parts of the filter are made from, each part's own. */
public record Assembly(Policy policy, KeySource keys, CallerMapping mapping, GateOptions gate, List<String> warnings) {}

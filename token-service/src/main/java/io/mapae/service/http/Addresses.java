package io.mapae.service.http;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Where requests come from: a proxy that is trusted says it, and nobody else is believed. */
record Addresses(Set<String> proxies) {
    String of(Exchange exchange) {
        String address = exchange.request().getRemoteAddr();
        List<String> forwarded = exchange.headers("X-Forwarded-For").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
        for (int i = forwarded.size() - 1; i >= 0 && proxies.contains(address); i--) {
            address = forwarded.get(i);
        }
        return address;
    }
}

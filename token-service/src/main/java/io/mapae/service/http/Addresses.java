package io.mapae.service.http;

import io.mapae.service.throttle.Address;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where requests come from: a proxy that is trusted says it, and nobody else is believed. */
record Addresses(Set<Address> proxies) {
    /** What a proxy says that is no address counts as the proxy itself. */
    String of(Exchange exchange) {
        String peer = exchange.request().getRemoteAddr();
        Optional<Address> address = Address.of(peer);
        List<String> forwarded = exchange.headers("X-Forwarded-For").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
        for (int i = forwarded.size() - 1;
                i >= 0 && address.filter(proxies::contains).isPresent();
                i--) {
            Optional<Address> further = Address.of(forwarded.get(i));
            if (further.isEmpty()) {
                break;
            }
            address = further;
        }
        return address.map(Address::text).orElse(peer);
    }
}

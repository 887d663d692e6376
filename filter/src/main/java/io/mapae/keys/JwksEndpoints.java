package io.mapae.keys;

import io.mapae.jmx.Beans;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import javax.management.ObjectName;

/**
 * All JWKS endpoints of one application, with the one thread that fetches from them. Nothing runs before
 * {@link #start} or after {@link #close}. Not safe for use by several threads; the key sources are.
 */
public final class JwksEndpoints implements AutoCloseable {
    private record Source(RemoteKeys keys, Duration deadline) {}

    private final Transport transport;
    private final InstantSource clock;
    private final List<Source> sources = new ArrayList<>();
    private final List<CompletableFuture<Void>> first = new ArrayList<>();
    private final List<Runnable> shown = new ArrayList<>();
    private final KeyThread thread = new KeyThread();
    private final Clients clients;

    /** Endpoints that are reached by {@code transport}; the clock says when keys have become too old. */
    public JwksEndpoints(Transport transport, InstantSource clock) {
        this.transport = transport;
        this.clock = clock;
        this.clients = new Clients(transport, thread::execute);
    }

    /** The keys of an endpoint, to be fetched once everything has started. */
    public KeySource add(JwksEndpoint endpoint) {
        Publication publication = new Publication(endpoint, transport, clients, thread, clock);
        RemoteKeys keys = new RemoteKeys(endpoint, publication::read, thread, clock, RandomGenerator.getDefault());
        sources.add(new Source(keys, endpoint.limits().deadline()));
        return keys;
    }

    /**
     * Fetches all keys for the first time, and from then on ahead of need; returns at once.
     *
     * @param application by which name JMX shows them
     */
    public void start(String application) {
        for (Source source : sources) {
            first.add(source.keys().begin());
            register(application, source);
        }
    }

    /**
     * Waits until each endpoint has answered or failed once.
     *
     * @return what is wrong with those that failed
     */
    public List<String> firstProblems() {
        first.forEach(CompletableFuture::join); // not for long: every step of a fetch has a deadline
        return sources.stream()
                .map(Source::keys)
                .filter(keys -> keys.held().keys().isEmpty())
                .map(keys ->
                        "keys of issuer " + keys.issuer() + ": " + keys.held().problem())
                .toList();
    }

    private void register(String application, Source source) {
        shown.add(Beans.show(
                "Keys",
                application,
                ",issuer=" + ObjectName.quote(source.keys().issuer()),
                new KeysBean(source.keys(), source.deadline()),
                KeysMXBean.class));
    }

    @Override
    public void close() {
        sources.forEach(source -> source.keys().close());
        thread.close();
        shown.forEach(Runnable::run);
        clients.close();
    }
}

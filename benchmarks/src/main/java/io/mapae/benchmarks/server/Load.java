package io.mapae.benchmarks.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients of one server, a thread each, whose connections stay open from round to round. */
final class Load implements AutoCloseable {
    private final RunningServer server;
    private final List<Client> clients = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * What a round came to, for a request.
     *
     * @param cpu CPU time of the server's process in µs
     * @param wall the clock's time in µs, divided by how many clients asked at once: the inverse of requests a second
     * @param bytes allocated in the server
     */
    record Round(double cpu, double wall, double bytes) {
        Round over(Round other) {
            return new Round(cpu / other.cpu, wall / other.wall, bytes / other.bytes);
        }
    }

    Load(RunningServer server, int clients, List<String> headers) throws IOException {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(clients);
        for (int i = 0; i < clients; i++) {
            this.clients.add(new Client(server.port(), headers));
        }
    }

    /** Each asks again and again for that time. */
    Round round(Duration time) throws IOException, InterruptedException, ExecutionException {
        Used before = server.used();
        long begun = System.nanoTime();
        List<Future<Long>> asking = new ArrayList<>();
        for (Client client : clients) {
            asking.add(threads.submit(() -> ask(client, begun + time.toNanos())));
        }
        double requests = 0;
        for (Future<Long> done : asking) {
            requests += done.get();
        }
        double micros = (System.nanoTime() - begun) / 1_000.0;
        Used used = server.used().since(before);
        return new Round(used.cpuNanos() / 1_000.0 / requests, micros / requests, used.bytes() / requests);
    }

    private static long ask(Client client, long end) throws IOException {
        long requests = 0;
        do {
            if (!client.ask()) {
                throw new IllegalStateException("a good token was refused");
            }
            requests++;
        } while (System.nanoTime() < end);
        return requests;
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Client client : clients) {
            client.close();
        }
    }
}

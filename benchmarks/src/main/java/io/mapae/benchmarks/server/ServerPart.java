package io.mapae.benchmarks.server;

import io.mapae.benchmarks.Measurement;
import io.mapae.benchmarks.Pace;
import io.mapae.benchmarks.Part;
import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Tokens;
import io.mapae.benchmarks.Turns;
import io.mapae.benchmarks.server.Load.Round;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a request takes of a whole server, whoever stands before its servlet. The servers run side by side, each in a JVM of
 * its own, and take turns under the same load.
 */
public final class ServerPart implements Part {
    /** Added to what was measured: the ratio to the server without a guard, of the same round. */
    public static final String RATIO = " ÷ none";

    /** Enough that none is met again before all others. */
    private static final int TOKENS = 256;

    private static final List<Integer> CLIENTS = List.of(1, 2);

    /** How long to ask one server before it is another's turn, and how often. */
    private record Rounds(Duration warmUp, int count, Duration time) {}

    private static Rounds rounds(Pace pace) {
        return pace.of(
                new Rounds(Duration.ofSeconds(5), 5, Duration.ofSeconds(2)),
                new Rounds(Duration.ofSeconds(3), 5, Duration.ofMillis(500)),
                new Rounds(Duration.ZERO, 1, Duration.ofMillis(200)));
    }

    @Override
    public String settings(Pace pace) {
        Rounds rounds = rounds(pace);
        return "1 and 2 clients, a connection each, " + rounds.count() + " rounds of "
                + rounds.time().toMillis() + " ms after " + rounds.warmUp().toMillis() + " ms to warm up; " + TOKENS
                + " tokens in turn";
    }

    @Override
    public List<Measurement> measure(Pace pace) throws IOException, InterruptedException, ExecutionException {
        List<Measurement> measurements = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            measurements.addAll(measure(engine, rounds(pace)));
        }
        return measurements;
    }

    private static List<Measurement> measure(Engine engine, Rounds rounds)
            throws IOException, InterruptedException, ExecutionException {
        List<String> headers = Stream.generate(Tokens.good(Scheme.RS256)::text)
                .limit(TOKENS)
                .map(ServerPart::header)
                .toList();
        Map<Guard, RunningServer> servers = new EnumMap<>(Guard.class);
        List<Measurement> measurements = new ArrayList<>();
        try {
            for (Guard guard : Guard.values()) {
                servers.put(guard, RunningServer.start(engine, guard, Scheme.RS256.jwk()));
            }
            for (Map.Entry<Guard, RunningServer> server : servers.entrySet()) {
                demandGuarded(server.getKey(), server.getValue());
            }
            for (int clients : CLIENTS) {
                String name = engine + ", " + clients + (clients == 1 ? " client" : " clients");
                measurements.addAll(named(name, measure(servers, clients, headers, rounds)));
            }
            return measurements;
        } finally {
            servers.values().forEach(RunningServer::close);
        }
    }

    private static String header(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    /** Each that should refuses what is forged, and whoever comes without a token. */
    private static void demandGuarded(Guard guard, RunningServer server) throws IOException {
        String forged = Tokens.forged(Tokens.good(Scheme.RS256).text());
        for (String header : List.of(header(forged), "")) {
            try (Client client = new Client(server.port(), List.of(header))) {
                if (client.ask() == guard.refuses()) {
                    throw new IllegalStateException(guard + " judged wrongly");
                }
            }
        }
    }

    private static Map<Guard, List<Round>> measure(
            Map<Guard, RunningServer> servers, int clients, List<String> headers, Rounds rounds)
            throws IOException, InterruptedException, ExecutionException {
        Map<Guard, Load> loads = new EnumMap<>(Guard.class);
        Map<Guard, List<Round>> measured = new EnumMap<>(Guard.class);
        try {
            for (Map.Entry<Guard, RunningServer> server : servers.entrySet()) {
                Load load = new Load(server.getValue(), clients, headers);
                loads.put(server.getKey(), load);
                measured.put(server.getKey(), new ArrayList<>());
                load.round(rounds.warmUp());
            }
            for (int i = 0; i < rounds.count(); i++) {
                for (Map.Entry<Guard, Load> load : loads.entrySet()) {
                    Objects.requireNonNull(measured.get(load.getKey()))
                            .add(load.getValue().round(rounds.time()));
                }
            }
            return measured;
        } finally {
            for (Load load : loads.values()) {
                load.close();
            }
        }
    }

    private static List<Measurement> named(String name, Map<Guard, List<Round>> measured) {
        List<Round> none = Objects.requireNonNull(measured.get(Guard.NONE));
        List<Measurement> measurements = new ArrayList<>();
        measured.forEach((guard, rounds) -> {
            measurements.add(median(name, guard, rounds));
            measurements.add(median(
                    name + RATIO,
                    guard,
                    IntStream.range(0, rounds.size())
                            .mapToObj(round -> rounds.get(round).over(none.get(round)))
                            .toList()));
        });
        return measurements;
    }

    private static Measurement median(String name, Guard guard, List<Round> rounds) {
        return new Measurement(
                name,
                guard.name(),
                Turns.median(rounds, Round::cpu),
                Turns.median(rounds, Round::wall),
                Turns.median(rounds, Round::bytes));
    }
}

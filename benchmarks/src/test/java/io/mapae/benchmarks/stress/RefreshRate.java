package io.mapae.benchmarks.stress;

import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** As many refreshes as there is room for, with whoever asks for them on the same machine, and what signing takes of it. */
record RefreshRate(ServiceStore store, ServiceScale scale) implements Scenario {
    private static final int THREADS = 32;
    private static final int SIGNATURES = 2000;
    private static final int JDK_OF_THE_TARGET = 25;

    @Override
    public String title() {
        return store + ": refreshes on " + THREADS + " threads at one node, ES256";
    }

    @Override
    public List<Figure> run() throws Exception {
        double signing = millisToSign();
        try (ServiceNodes nodes = ServiceNodes.start(store, Map.of())) {
            nodes.kill(1);
            String[] tokens = new String[THREADS];
            for (int i = 0; i < THREADS; i++) {
                tokens[i] = nodes.loggedIn("alice").refreshToken();
            }
            AtomicLong good = new AtomicLong();
            AtomicLong undecided = new AtomicLong();
            AtomicLong wrong = new AtomicLong();
            AtomicInteger next = new AtomicInteger();
            ThreadLocal<Integer> mine = ThreadLocal.withInitial(next::getAndIncrement);
            Latencies latencies = new Latencies();
            Crowd crowd = Crowd.endless(THREADS, Duration.ZERO, () -> {
                int who = mine.get();
                long begun = System.nanoTime();
                ServiceAnswer answer = nodes.refresh(0, tokens[who]);
                latencies.add(System.nanoTime() - begun);
                if (answer.isGood()) {
                    tokens[who] = answer.refreshToken();
                    good.incrementAndGet();
                } else {
                    (answer.isUndecided() ? undecided : wrong).incrementAndGet();
                }
            });
            ServiceNodes.rest(scale.load()); // until it is compiled
            long before = good.get();
            long begun = System.nanoTime();
            ServiceNodes.rest(scale.load());
            double rate = (good.get() - before) / ((System.nanoTime() - begun) / 1e9);
            crowd.stop().join();
            double share = rate * signing / 1000 / Runtime.getRuntime().availableProcessors() * 100;
            return List.of(
                    rate(rate),
                    Figure.millis("refresh, median ms", latencies.millis(0.5)),
                    Figure.millis("refresh, 99 % ms", latencies.millis(0.99)),
                    Figure.plain("answers 503", undecided),
                    Figure.none("other answers", wrong.get()),
                    Figure.millis("one signature alone, ms", signing),
                    Figure.millis("signing's share of the machine, %", share));
        }
    }

    private Figure rate(double rate) {
        String found = String.format(Locale.ROOT, "%.0f", rate);
        return Runtime.version().feature() < JDK_OF_THE_TARGET
                ? Figure.plain("refreshes a second", found)
                : new Figure(
                        "refreshes a second",
                        found,
                        "≥ " + store.refreshes,
                        rate >= store.refreshes ? Figure.Verdict.MET : Figure.Verdict.MISSED);
    }

    /** On one thread, once it is compiled. */
    private static double millisToSign() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(generator.generateKeyPair().getPrivate());
        byte[] text = new byte[500];
        long begun = 0;
        for (int i = -SIGNATURES; i < SIGNATURES; i++) {
            if (i == 0) {
                begun = System.nanoTime();
            }
            signature.update(text);
            byte[] unused = signature.sign();
        }
        return (System.nanoTime() - begun) / 1e6 / SIGNATURES;
    }
}

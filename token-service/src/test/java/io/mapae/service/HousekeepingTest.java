package io.mapae.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HousekeepingTest {
    private static final Duration SOON = Duration.ofMillis(1);

    @Test
    void whatTakesLongDelaysNothingElse() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch ticks = new CountDownLatch(3);
        try (Housekeeping housekeeping = new Housekeeping()) {
            for (int i = 0; i < 2; i++) {
                housekeeping.every(SOON, SOON, () -> {
                    begun.countDown();
                    await(end);
                });
            }
            await(begun);
            housekeeping.every(SOON, SOON, ticks::countDown);
            ticks.await();
            end.countDown();
        }
    }

    /** A failure ends nothing, whatever it is. */
    @Test
    void isDoneAgainAfterAFailure() throws Exception {
        CountDownLatch outages = new CountDownLatch(3);
        CountDownLatch defects = new CountDownLatch(3);
        try (Housekeeping housekeeping = new Housekeeping()) {
            housekeeping.every(SOON, SOON, () -> {
                outages.countDown();
                throw new StoreException("out of reach", new IllegalStateException());
            });
            housekeeping.every(SOON, SOON, () -> {
                defects.countDown();
                throw new IllegalStateException("a defect");
            });
            outages.await();
            defects.await();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}

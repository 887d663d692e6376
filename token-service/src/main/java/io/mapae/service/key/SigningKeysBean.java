package io.mapae.service.key;

import io.mapae.service.StoreException;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.List;

/** {@link SigningKeys} for JMX. */
record SigningKeysBean(SigningKeys keys) implements SigningKeysMXBean {
    @Override
    public String getSigningKeyId() {
        return keys.signingId();
    }

    @Override
    public List<String> getKeyIds() {
        return keys.ids();
    }

    @Override
    public String getNextTakeover() {
        return keys.nextTakeover().map(Instant::toString).orElse("");
    }

    @Override
    public String rotateNow() {
        try {
            return keys.rotate()
                    .map(from -> "the next key is published, and signs from " + from)
                    .orElse("nothing is made here: the keys are those of service.key-store");
        } catch (StoreException | InvalidKeyException failure) {
            return "no key was made: " + failure.getMessage();
        }
    }
}

package io.mapae.jws;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.KeySpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Does RS256 by the JDK, and whatever else it is told, in no time of its clock but what it is told. */
final class FakeProvider extends Provider {
    private static final long serialVersionUID = 1L;

    /** What comes of one verification. */
    @FunctionalInterface
    interface Verification {
        boolean verify(byte[] signature, byte[] input, boolean good) throws Throwable;
    }

    static final Verification HONEST = (signature, input, good) -> good;

    private final transient AtomicLong now;
    transient long takes = -50;
    transient Verification verification = HONEST;
    transient @Nullable Exception translation;
    transient @Nullable Exception signing;
    transient boolean signsWrong;
    transient Runnable atTranslation = () -> {};
    transient int verifications;
    transient int translations;

    FakeProvider() {
        this("Fake", new AtomicLong());
    }

    /** @param now what several may share */
    FakeProvider(String name, AtomicLong now) {
        super(name, "1", "for tests");
        this.now = now;
        putService(new Offer(this, "Signature", "SHA256withRSA") {
            @Override
            public Object newInstance(@Nullable Object parameter) {
                return new Engine();
            }
        });
        putService(new Offer(this, "KeyFactory", "RSA") {
            @Override
            public Object newInstance(@Nullable Object parameter) {
                return new Factory();
            }
        });
    }

    /** Each look at this clock takes 100. */
    long tick() {
        return now.addAndGet(100);
    }

    /** Leaves to it what it does right, if it is faster by its clock, or {@code named}. */
    Engines engines(boolean named, Algorithm... algorithms) {
        return Engines.choose(new Providers(List.of(new FastProvider(this)), named), Set.of(algorithms), this::tick);
    }

    private static class Offer extends Service {
        Offer(Provider provider, String type, String name) {
            super(provider, type, name, "none", List.of(), null);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void raise(Throwable any) throws E {
        throw (E) any;
    }

    private final class Engine extends SignatureSpi {
        private final Signature jdk;
        private final java.io.ByteArrayOutputStream input = new java.io.ByteArrayOutputStream();

        Engine() {
            try {
                jdk = Signature.getInstance("SHA256withRSA", "SunRsaSign");
            } catch (java.security.GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            jdk.initVerify(key);
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            jdk.initSign(key);
        }

        @Override
        protected void engineUpdate(byte b) throws SignatureException {
            engineUpdate(new byte[] {b}, 0, 1);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
            input.write(bytes, offset, length);
            jdk.update(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            if (signing != null) {
                FakeProvider.<RuntimeException>raise(signing);
            }
            byte[] signature = jdk.sign();
            signature[0] ^= (byte) (signsWrong ? 1 : 0);
            return signature;
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            verifications++;
            now.addAndGet(takes);
            boolean good = jdk.verify(signature);
            try {
                return verification.verify(signature, input.toByteArray(), good);
            } catch (Throwable thrown) {
                FakeProvider.<RuntimeException>raise(thrown);
                return false;
            }
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Factory extends KeyFactorySpi {
        @Override
        protected Key engineTranslateKey(Key key) {
            translations++;
            atTranslation.run();
            if (translation != null) {
                FakeProvider.<RuntimeException>raise(translation);
            }
            return key;
        }

        @Override
        protected PublicKey engineGeneratePublic(KeySpec spec) throws java.security.spec.InvalidKeySpecException {
            if (translation instanceof InvalidKeyException) {
                return jdk().generatePublic(spec);
            }
            throw new java.security.spec.InvalidKeySpecException();
        }

        private static java.security.KeyFactory jdk() {
            try {
                return java.security.KeyFactory.getInstance("RSA", "SunRsaSign");
            } catch (java.security.GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}

package io.mapae.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.mapae.jws.Algorithm;
import io.mapae.jws.Engines;
import io.mapae.jws.Providers;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.conscrypt.Conscrypt;

/** Who checks signatures. */
public enum CryptoProvider {
    JDK("jdk") {
        @Override
        Provider load(Scheme scheme) {
            return Security.getProvider(scheme == Scheme.RS256 ? "SunRsaSign" : "SunEC");
        }
    },
    CORRETTO("AmazonCorrettoCryptoProvider") {
        @Override
        Provider load(Scheme scheme) {
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
            return AmazonCorrettoCryptoProvider.INSTANCE;
        }
    },
    CONSCRYPT("Conscrypt") {
        @Override
        Provider load(Scheme scheme) {
            return Conscrypt.newProvider();
        }
    };

    private final String setting;

    CryptoProvider(String setting) {
        this.setting = setting;
    }

    /** Those whose native libraries run here. */
    static List<CryptoProvider> available() {
        return Arrays.stream(values()).filter(CryptoProvider::isAvailable).toList();
    }

    private boolean isAvailable() {
        try {
            return !load(Scheme.RS256).getServices().isEmpty();
        } catch (RuntimeException | LinkageError noneForThisMachine) {
            return false;
        }
    }

    abstract Provider load(Scheme scheme);

    /** As Mapae makes use of it by the setting {@code crypto-provider}. */
    Engines engines(Scheme scheme) {
        Engines engines = Engines.choose(
                Providers.named(setting, CryptoProvider.class.getClassLoader()),
                Set.of(Algorithm.named(scheme.toString()).orElseThrow()));
        if (this != JDK && !engines.toString().contains(setting)) {
            throw new IllegalStateException(this + " was not chosen for " + scheme);
        }
        return engines;
    }

    /** The key as the provider likes it best. */
    PublicKey key(Scheme scheme) throws GeneralSecurityException {
        PublicKey key = scheme.key().publicKey();
        try {
            return (PublicKey)
                    KeyFactory.getInstance(key.getAlgorithm(), load(scheme)).translateKey(key);
        } catch (NoSuchAlgorithmException itTakesThoseOfTheJdk) {
            return key;
        }
    }
}

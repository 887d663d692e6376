package io.mapae.benchmarks.peers;

import static io.mapae.benchmarks.Scheme.EDDSA;
import static io.mapae.benchmarks.Scheme.ES256;
import static io.mapae.benchmarks.Scheme.HS256;
import static io.mapae.benchmarks.Scheme.RS256;

import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Tokens;
import io.mapae.benchmarks.Verifiers;
import io.mapae.testkit.TokenBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jose4j.jwt.consumer.JwtConsumer;

/** Who verifies, with the algorithms that each can. */
public enum Contestant {
    /** The signature's check alone, by the JDK: no less can be done. */
    BARE("bare signature check", BareVerifier::new, RS256, ES256, EDDSA, HS256),
    MAPAE("Mapae", scheme -> Verifiers.mapae(scheme)::verify, RS256, ES256, EDDSA, HS256),
    JAVA_JWT("java-jwt", JavaJwt::verifier, RS256, ES256, HS256),
    VERTX("Vert.x", VertX::verifier, RS256, ES256, EDDSA, HS256),
    FUSIONAUTH("FusionAuth", FusionAuth::verifier, RS256, ES256, HS256),
    JJWT("jjwt", Jjwt::verifier, RS256, ES256, EDDSA, HS256),
    JOSE4J("jose4j", Contestant::jose4j, RS256, ES256, EDDSA, HS256),
    NIMBUS("nimbus", Nimbus::verifier, RS256, ES256, HS256),
    SMALLRYE("SmallRye", SmallRye::verifier, RS256, ES256, EDDSA, HS256),
    SPRING("Spring Security", Spring::verifier, RS256, ES256, HS256);

    private interface Maker {
        Verifier of(Scheme scheme) throws Exception;
    }

    private final String title;
    private final Maker maker;
    private final Set<Scheme> schemes;

    Contestant(String title, Maker maker, Scheme... schemes) {
        this.title = title;
        this.maker = maker;
        this.schemes = EnumSet.copyOf(Arrays.asList(schemes));
    }

    /** All who can verify that. */
    public static List<Contestant> of(Scheme scheme) {
        return Arrays.stream(values()).filter(each -> each.knows(scheme)).toList();
    }

    /** Whether there is a verifier for that. */
    public boolean knows(Scheme scheme) {
        return schemes.contains(scheme);
    }

    /**
     * Its verifier of that algorithm, tried: who takes a bad token is not to be compared.
     *
     * @throws IllegalStateException if it judged a token wrongly
     */
    public Verifier verifier(Scheme scheme) throws Exception {
        Verifier verifier = maker.of(scheme);
        List<String> wrong = mistakes(verifier, scheme);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(this + " with " + scheme + ": " + String.join(", ", wrong));
        }
        return verifier;
    }

    private List<String> mistakes(Verifier verifier, Scheme scheme) {
        TokenBuilder good = Tokens.good(scheme).issuedIn(-300); // one that expires before is wrong for that already
        List<String> mistakes = new ArrayList<>();
        if (!verifier.accepts(good.text())) {
            mistakes.add("refused a good token");
        }
        if (verifier.accepts(Tokens.forged(good.text()))) {
            mistakes.add("took a forged token");
        }
        if (this != BARE
                && verifier.accepts(good.expiresIn(-Verifiers.SKEW_SECONDS - 10).text())) {
            mistakes.add("took an expired token");
        }
        if (this != BARE
                && verifier.accepts(good.audience("https://other.example").text())) {
            mistakes.add("took a token for others");
        }
        if (this != BARE
                && verifier.accepts(good.issuer("https://other.example").text())) {
            mistakes.add("took another issuer's token");
        }
        return mistakes;
    }

    private static Verifier jose4j(Scheme scheme) throws Exception {
        JwtConsumer consumer = Verifiers.jose4j(scheme);
        return consumer::processToClaims;
    }

    /** As it is called where figures are shown. */
    @Override
    public String toString() {
        return title;
    }
}

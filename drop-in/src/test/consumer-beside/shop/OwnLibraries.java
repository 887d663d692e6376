package shop;

import com.fasterxml.jackson.core.JsonFactory;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An application that has used these libraries for years. */
public class OwnLibraries extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(OwnLibraries.class);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LOG.info("Asked for its libraries");
        response.setContentType("text/plain");
        response.getWriter()
                .write(String.join(
                        "\n",
                        "jose4j says " + ownToken(),
                        "jackson says " + new JsonFactory().version(),
                        "caffeine says " + Caffeine.newBuilder().maximumSize(1).build(key -> "cached").get("key"),
                        "slf4j says " + LoggerFactory.getILoggerFactory().getClass().getName(),
                        Stream.of(JsonWebSignature.class, JsonFactory.class, Caffeine.class, LoggerFactory.class,
                                        LoggerFactory.getILoggerFactory().getClass())
                                .map(OwnLibraries::jar)
                                .collect(Collectors.joining(" "))));
    }

    private static String ownToken() {
        try {
            OctetSequenceJsonWebKey key = OctJwkGenerator.generateJwk(256);
            JwtClaims claims = new JwtClaims();
            claims.setSubject("its own");
            JsonWebSignature token = new JsonWebSignature();
            token.setAlgorithmHeaderValue("HS256");
            token.setKey(key.getKey());
            token.setPayload(claims.toJson());
            return new JwtConsumerBuilder()
                    .setVerificationKey(key.getKey())
                    .build()
                    .processToClaims(token.getCompactSerialization())
                    .getSubject();
        } catch (Exception failure) {
            return failure.toString();
        }
    }

    private static String jar(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .getFileName()
                .toString();
    }
}

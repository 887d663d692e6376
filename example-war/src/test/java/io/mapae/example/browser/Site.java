package io.mapae.example.browser;

import io.mapae.example.demo.Account;
import io.mapae.example.demo.Demo;
import io.mapae.example.demo.Options;
import io.mapae.testkit.JwksServer;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The demonstration: the WAR file on a server, with keys, accounts and databases of its own. */
final class Site implements AutoCloseable {
    /** Of all accounts. */
    static final String PASSWORD = Account.PASSWORD;

    private static final Path WAR =
            Path.of(System.getProperty("example.war", "target/mapae-example-0.1.0-SNAPSHOT.war"));

    private static final TestKey KEY = TestKey.rsa();

    private final Demo demo;

    /** It is always there, and of use to those whose tokens come from it. */
    private final JwksServer issuer;

    private Site(Demo demo, JwksServer issuer) {
        this.demo = demo;
        this.issuer = issuer;
    }

    static Site start(InBrowser wanted) {
        Options options = Options.defaults().accessLifetime(Duration.parse(wanted.accessLifetime()));
        try {
            JwksServer issuer = JwksServer.start(KEY);
            options = wanted.split() ? options.splitServices() : options;
            options = wanted.external() ? options.issuer(issuer.issuer()) : options;
            Path directory = Files.createTempDirectory(WAR.toAbsolutePath().getParent(), "browser");
            return new Site(Demo.start(WAR, directory, options), issuer);
        } catch (IOException failure) {
            throw new IllegalStateException("no site", failure);
        }
    }

    URI base() {
        return demo.base();
    }

    /** Of the issuer elsewhere: alice's. */
    TokenBuilder token() {
        return TokenBuilder.signedBy(KEY).issuer(issuer.issuer()).claim("scope", "board:read");
    }

    @Override
    public void close() {
        issuer.close();
        demo.close();
    }
}

package io.mapae.example.browser;

import io.mapae.example.demo.Account;
import io.mapae.example.demo.Demo;
import io.mapae.example.demo.Options;
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

    private final Demo demo;

    private Site(Demo demo) {
        this.demo = demo;
    }

    static Site start(Duration accessLifetime, boolean split) {
        Options options = Options.defaults().accessLifetime(accessLifetime);
        try {
            Path directory = Files.createTempDirectory(WAR.toAbsolutePath().getParent(), "browser");
            return new Site(Demo.start(WAR, directory, split ? options.splitServices() : options));
        } catch (IOException failure) {
            throw new IllegalStateException("no site", failure);
        }
    }

    URI base() {
        return demo.base();
    }

    @Override
    public void close() {
        demo.close();
    }
}

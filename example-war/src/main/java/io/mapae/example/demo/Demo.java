package io.mapae.example.demo;

import io.mapae.testkit.TestKey;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The example's WAR file, running on this machine with accounts to try it with. */
public final class Demo implements AutoCloseable {
    private final Places places;
    private final Optional<Lines> lines;
    private final Node node;

    /** Last started, first ended. */
    private final Deque<AutoCloseable> running;

    private Demo(Places places, Optional<Lines> lines, Node node, Deque<AutoCloseable> running) {
        this.places = places;
        this.lines = lines;
        this.node = node;
        this.running = running;
    }

    /**
     * Runs until the process ends; see {@link Options} for the system properties {@code port}, {@code services}, {@code issuer}
     * and {@code audience}.
     *
     * @param arguments the WAR file, and a directory for what is to be there at the next start too
     */
    public static void main(String... arguments) throws InterruptedException {
        Logs.inLines();
        try {
            Options options = Options.of(System.getProperties());
            Path directory = Path.of(arguments[1]).resolve(Integer.toString(options.port()));
            try (Demo demo = start(Path.of(arguments[0]), directory, options)) {
                demo.print(options, System.out);
                demo.node.join();
            }
        } catch (IOException | IllegalArgumentException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts the example.
     *
     * @param war the WAR file
     * @param directory where its keys and databases are, or will be
     * @throws IOException with a message for people, such as that a port is in use
     */
    public static Demo start(Path war, Path directory, Options options) throws IOException {
        if (!Files.isRegularFile(war)) {
            throw new NoSuchFileException(war + " is not there: build it first");
        }
        Logs.quieten(options.issuer().isPresent());
        System.setProperty("h2.bindAddress", Node.HOST); // before H2 is used for anything
        int port = Ports.free(options.port());
        return options.split()
                ? split(war, directory, options, port)
                : whole(war, new Deployment(options, Places.one(port), directory));
    }

    private static Demo whole(Path war, Deployment deployment) throws IOException {
        Optional<TestKey> key = deployment.prepare();
        Places places = deployment.places();
        Node node = Node.start(
                war,
                places.page().getPort(),
                deployment.directory(),
                deployment.whole(),
                Optional.of(new DemoServlet(places, key)));
        return new Demo(places, lines(deployment, key), node, new ArrayDeque<>(List.of(node)));
    }

    private static Demo split(Path war, Path directory, Options options, int page) throws IOException {
        int[] ports = new int[Options.MORE_PORTS];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = Ports.free(options.port() == 0 ? 0 : page + 1 + i);
        }
        Places places = Places.split(page, ports[0], ports[1], ports[2]);
        Deployment deployment = new Deployment(options, places, directory);
        Optional<TestKey> key = deployment.prepare();
        Deque<AutoCloseable> running = new ArrayDeque<>();
        try {
            BoardDatabase shared = BoardDatabase.start(
                    OwnFile.directory(directory.resolve("boards")),
                    OwnFile.secret(directory.resolve("board-password")),
                    OwnFile.secret(directory.resolve("board-secret")));
            running.push(shared);
            List<Child> children = new ArrayList<>();
            Map<String, String> board = deployment.board(shared);
            List<String> titles = List.of("profiles", "boards", "boards");
            List<Map<String, String>> settings = List.of(deployment.profile(), board, board);
            for (int i = 0; i < ports.length; i++) {
                Child child = Child.begin(titles.get(i), war, ports[i], directory, settings.get(i));
                running.push(child);
                children.add(child);
            }
            Optional<HttpServlet> demo = Optional.of(new DemoServlet(places, key));
            Node node = Node.start(war, page, directory, deployment.auth(shared), demo);
            running.push(node);
            for (Child child : children) {
                child.await();
            }
            return new Demo(places, lines(deployment, key), node, running);
        } catch (IOException | RuntimeException failure) {
            try {
                close(running);
            } catch (RuntimeException another) {
                failure.addSuppressed(another);
            }
            throw failure;
        }
    }

    private static Optional<Lines> lines(Deployment deployment, Optional<TestKey> key) {
        return key.map(known -> new Lines(deployment, known));
    }

    /** Where the page is; ends with a slash. */
    public URI base() {
        return places.page();
    }

    /** What to try without a browser, with {@link #tokens}; nothing where these come from elsewhere. */
    public List<Line> lines() {
        return lines.map(Lines::all).orElse(List.of());
    }

    /** New ones, by the names that they have in {@link #lines}. */
    public Map<String, String> tokens() {
        return lines.map(Lines::tokens).orElse(Map.of());
    }

    private void print(Options options, PrintStream out) {
        if (options.issuer().isPresent()) {
            out.println("It takes tokens of " + options.issuer().get() + " for "
                    + options.audience().map(audience -> audience + ".").orElse("anybody (-Daudience=… for one)."));
        } else {
            printWhatToTry(out);
        }
        // at the end, as so many lines before it scroll away
        out.println("The example is at " + base() + " until Ctrl-C: open it in a browser.");
    }

    private void printWhatToTry(PrintStream out) {
        out.println("Accounts: "
                + Stream.of(Account.values())
                        .map(account -> account.title() + " (" + account.note() + ")")
                        .collect(Collectors.joining(", "))
                + "; password: " + Account.PASSWORD);
        out.println("Tokens, good for an hour, for a POSIX shell:");
        out.println();
        tokens().forEach((name, token) -> out.println(name + "=" + token));
        out.println();
        out.println("What to try with them:");
        for (Line line : lines()) {
            out.println();
            out.println("# " + line.status() + ": " + line.what());
            out.println(line.curl());
        }
        out.println();
    }

    @Override
    public void close() {
        close(running);
    }

    /** All of them, whatever becomes of each. */
    private static void close(Deque<AutoCloseable> all) {
        Optional<IllegalStateException> problem = Optional.empty();
        while (!all.isEmpty()) {
            try {
                all.pop().close();
            } catch (Exception failure) {
                problem = Optional.of(new IllegalStateException("the demonstration does not end", failure));
            }
        }
        if (problem.isPresent()) {
            throw problem.get();
        }
    }
}

package io.mapae.http;

import io.mapae.identity.Caller;
import io.mapae.identity.CallerText;
import io.mapae.replay.ReplayStore;
import io.mapae.verify.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tickets, for clients that cannot send headers, such as {@code EventSource} and {@code WebSocket} in browsers: opaque, for
 * one caller, one path and one use, and soon over. What is stored is the caller under the ticket's digest, and neither the
 * ticket nor a token. Safe for use by several threads.
 */
public final class Tickets {
    /** How long one lasts, unless its caller's token ends before. */
    public static final Duration LIFETIME = Duration.ofSeconds(30);

    /** How long one is known still, to be told what is wrong with it. */
    static final Duration REMEMBERED = Duration.ofSeconds(60);

    /** How many a caller gets in a window: who took more would take them from others, as no store is endless. */
    static final int MAX_PER_CALLER = 100;

    private static final int MAX_PATH = 1024;
    private static final int BYTES = 32;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** The end in milliseconds, the path, the caller. */
    private static final Pattern CONTENT = Pattern.compile("([0-9]{1,15}) ([^\\n]*)\\n(.*)", Pattern.DOTALL);

    private final ReplayStore store;
    private final Rules rules;
    private final InstantSource clock;
    private final Allowance allowance = new Allowance(MAX_PER_CALLER, LIFETIME.plus(REMEMBERED));
    private final SecureRandom random = new SecureRandom();

    Tickets(ReplayStore store, Rules rules, InstantSource clock) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
    }

    /** Whether a ticket opens that path: the rule for a {@code GET} there says so. */
    public boolean areTakenAt(String path) {
        return rules.of("GET", () -> path).takesTickets();
    }

    /**
     * A new ticket in the name of {@code caller}, for the path as {@link Request#path} would say it.
     *
     * @throws IllegalArgumentException if there is no such path, or tickets are not taken there; if the caller's token has
     *     ended; or if its claims are too long to be kept
     * @throws TooManyTicketsException if the caller has had a hundred from this node, and the first less than 90 s ago
     * @throws IOException if the store is out of reach
     */
    public Ticket issue(Caller caller, String path) throws IOException {
        if (!path.startsWith("/") || path.length() > MAX_PATH || path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("no path of this application");
        }
        if (!areTakenAt(path)) {
            throw new IllegalArgumentException("no rule takes tickets for this path");
        }
        Instant now = clock.instant();
        Instant until = now.plus(LIFETIME);
        if (caller.expiresAt().isBefore(until)) {
            until = caller.expiresAt();
        }
        if (!until.isAfter(now)) {
            throw new IllegalArgumentException("the caller's token has ended");
        }
        String content = until.toEpochMilli() + " " + path + "\n" + CallerText.of(caller);
        if (content.length() > ReplayStore.MAX_CONTENT) {
            throw new IllegalArgumentException("the caller's claims are too long for a ticket: " + content.length()
                    + " characters of " + ReplayStore.MAX_CONTENT);
        }
        String owner = caller.issuer() + "\n" + caller.getName();
        if (!allowance.take(owner, now)) {
            throw new TooManyTicketsException();
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String text = BASE64URL.encodeToString(bytes);
        try {
            store.keep("ticket:" + digest(text), content, until.plus(REMEMBERED));
        } catch (IOException outOfReach) {
            allowance.giveBack(owner);
            throw outOfReach;
        }
        return new Ticket(text, until);
    }

    /** What became of a text that may be a ticket: a reason against it, or who comes with it. */
    record Found(Optional<Reason> reason, Optional<Caller> caller) {
        static Found not(Reason reason) {
            return new Found(Optional.of(reason), Optional.empty());
        }

        <R> R fold(Function<Reason, R> rejected, Function<Caller, R> accepted) {
            return reason.map(rejected).orElseGet(() -> accepted.apply(caller.orElseThrow()));
        }
    }

    /** Uses nothing up yet. */
    Found find(String text, String path) throws IOException {
        Optional<String> content = store.kept("ticket:" + digest(text));
        Optional<Matcher> parts = content.map(CONTENT::matcher).filter(Matcher::matches);
        Optional<Caller> caller = parts.flatMap(found -> CallerText.read(found.group(3)));
        if (parts.isEmpty() || caller.isEmpty()) {
            return Found.not(Reason.TICKET_UNKNOWN);
        }
        if (clock.instant().toEpochMilli() >= Long.parseLong(parts.get().group(1))) {
            return Found.not(Reason.TICKET_EXPIRED);
        }
        String own = parts.get().group(2);
        return PathPattern.segments(own).equals(PathPattern.segments(path))
                ? new Found(Optional.empty(), caller)
                : Found.not(Reason.TICKET_OF_OTHER_PATH);
    }

    /** Not the text: whoever reads the store must not be able to use what is in it. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return BASE64URL.encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new LinkageError("every JRE has SHA-256", impossible);
        }
    }
}

package io.mapae.example;

import io.mapae.Mapae;
import io.mapae.identity.Caller;
import io.mapae.servlet.SharedMapae;
import jakarta.servlet.ServletContext;
import java.util.Optional;
import java.util.function.Predicate;

/** Who is told of the board, as long as the token is good by which that began. */
record Guest(Caller caller, Predicate<Caller> isGood) {
    /** That of a request; empty if nobody came with a token. */
    static Optional<Guest> of(Optional<Caller> caller, ServletContext context) {
        Optional<Mapae> mapae = SharedMapae.of(context);
        return caller.flatMap(known -> mapae.map(
                ours -> new Guest(known, token -> ours.gate().objection(token).isEmpty())));
    }

    /** Nobody else has that name. */
    String name() {
        return caller.issuer() + " " + caller.getName();
    }

    /** Whether the token has ended, or was revoked. */
    boolean isOver() {
        return !isGood.test(caller);
    }
}

package io.mapae.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/**
 * That nobody is sent a challenge while filters decide who may call a method that everybody may: those of Payara and
 * GlassFish ask the container for a caller even so, and go on whatever it answers.
 */
final class ForEverybody {
    private ForEverybody() {}

    /** Before them. */
    @Priority(Priorities.AUTHORIZATION - 1)
    static final class Begin
            implements ContainerRequestFilter { // no record: the JDK keeps the classes of those it compares
        private final Desk desk;

        Begin(Desk desk) {
            this.desk = desk;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            desk.earlier(request).ifPresent(passage -> passage.challenge(false));
        }
    }

    /** Behind them: the method itself may demand a caller. */
    @Priority(Priorities.AUTHORIZATION + 1)
    static final class End
            implements ContainerRequestFilter { // no record: the JDK keeps the classes of those it compares
        private final Desk desk;

        End(Desk desk) {
            this.desk = desk;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            desk.earlier(request).ifPresent(passage -> passage.challenge(true));
        }
    }
}

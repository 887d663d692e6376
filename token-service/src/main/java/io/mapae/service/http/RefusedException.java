package io.mapae.service.http;

/** Ends an endpoint's work by a refusal; it is made where a request is read, many levels below who answers. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    RefusedException(Reply reply) {
        super(null, null, false, false);
        this.reply = reply;
    }

    RefusedException(Failure failure) {
        this(failure.reply());
    }

    /** @param description for whoever develops the client: ASCII without quotes, nothing of what was sent */
    RefusedException(Failure failure, String description) {
        this(failure.reply(description));
    }

    Reply reply() {
        return reply;
    }
}

package io.mapae.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** A response's body up to a number of bytes: of what is longer, or not wanted, the rest is not even read. */
final class BoundedBody implements BodySubscriber<byte[]> {
    private final int limit;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Optional<Subscription> subscription = Optional.empty();

    private BoundedBody(int limit) {
        this.limit = limit;
    }

    /** Of a response whose head may already say that its body is not wanted, or too long. */
    static BoundedBody of(ResponseInfo head, int limit) {
        BoundedBody body = new BoundedBody(limit);
        if (head.statusCode() != 200) {
            body.onComplete();
        } else if (announced(head) > limit) {
            body.tooLong();
        }
        return body;
    }

    /** What is no number says nothing, as nothing does: the bytes will tell. */
    private static long announced(ResponseInfo head) {
        try {
            return head.headers().firstValueAsLong("Content-Length").orElse(0);
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }

    /** What has come so far is let go at once: the client may well keep this object until its connection is closed. */
    private void tooLong() {
        bytes = new ByteArrayOutputStream(0);
        body.completeExceptionally(new IOException("more than " + limit + " bytes"));
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (body.isDone()) {
            subscription.cancel();
        } else {
            this.subscription = Optional.of(subscription);
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.remaining() > limit - bytes.size()) {
                tooLong();
                subscription.ifPresent(Subscription::cancel);
                return;
            }
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            bytes.writeBytes(part);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}

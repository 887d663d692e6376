package io.mapae.example;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The latest posts, in memory: the oldest go when there are too many. Thread-safe. */
final class Board {
    static final int MAX_POSTS = 100;

    private final Deque<Post> posts = new ArrayDeque<>();
    private long lastId;

    /** Oldest first. */
    synchronized List<Post> posts() {
        return List.copyOf(posts);
    }

    synchronized Optional<Post> post(long id) {
        return posts.stream().filter(post -> post.id() == id).findFirst();
    }

    synchronized boolean remove(long id) {
        return posts.removeIf(post -> post.id() == id);
    }

    synchronized Post add(String author, String text) {
        if (posts.size() == MAX_POSTS) {
            posts.removeFirst();
        }
        Post post = new Post(++lastId, author, text, Instant.now());
        posts.addLast(post);
        return post;
    }
}

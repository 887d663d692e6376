package io.mapae;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.config.Surroundings;
import io.mapae.http.Answer;
import io.mapae.jws.TokenReader;
import io.mapae.testkit.JwksServer;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Lock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request whose key is known takes no lock of ours: here somebody else holds all that can be found. */
@Timeout(60)
class NobodyWaitsTest {
    @Test
    void forALockAtFirstSightOrAgain() throws Exception {
        try (JwksServer issuer = JwksServer.start(TestKey.rsa());
                Mapae mapae = Mapae.start(
                        "",
                        Surroundings.of(
                                Map.of(
                                        "issuer",
                                        issuer.issuer(),
                                        "audience",
                                        TokenBuilder.AUDIENCE,
                                        "rules",
                                        "/public/** permit; /** authenticated"),
                                Map.of(),
                                Map.of(),
                                getClass().getClassLoader()))) {
            Bearing known = bearing(issuer, "known");
            Bearing other = bearing(issuer, "other");
            assertThat(mapae.gate().admit(known)).isInstanceOf(Answer.Admit.class); // with its key
            Set<Object> objects = reachable(mapae);
            assertThat(objects).hasAtLeastOneElementOfType(TokenReader.class).hasSizeGreaterThan(30);
            List<Answer> answers = holding(
                    new ArrayDeque<>(objects),
                    () -> CompletableFuture.supplyAsync(
                                    () -> List.of(
                                            mapae.gate().admit(known),
                                            mapae.gate().admit(other)),
                                    task -> new Thread(task).start())
                            .get(20, TimeUnit.SECONDS));
            assertThat(answers).hasOnlyElementsOfType(Answer.Admit.class);
        }
    }

    private static Bearing bearing(JwksServer issuer, String subject) {
        return new Bearing(TokenBuilder.signedBy(TestKey.rsa())
                .issuer(issuer.issuer())
                .subject(subject)
                .text());
    }

    /** All monitors at once, and whatever is a lock besides. */
    private static <T> T holding(Deque<Object> objects, Callable<T> work) throws Exception {
        Object next = objects.poll();
        if (next == null) {
            return work.call();
        }
        if (next instanceof Lock lock) {
            lock.lock();
        }
        synchronized (next) {
            return holding(objects, work);
        }
    }

    /** Objects of ours and their classes, as far as fields, collections and references lead. */
    private static Set<Object> reachable(Object from) throws IllegalAccessException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            Object object = next.poll();
            if (object instanceof Iterable<?> elements) {
                elements.forEach(next::add);
            } else if (object instanceof Map<?, ?> map) {
                next.addAll(map.values());
            } else if (object instanceof Optional<?> optional) {
                optional.ifPresent(next::add);
            } else if (object instanceof AtomicReference<?> reference) {
                Optional.ofNullable(reference.get()).ifPresent(next::add);
            } else if (object instanceof AtomicReferenceArray<?> references) {
                IntStream.range(0, references.length())
                        .mapToObj(references::get)
                        .filter(Objects::nonNull)
                        .forEach(next::add);
            }
            boolean ours = object.getClass().getName().startsWith("io.mapae");
            if ((ours || object instanceof Lock) && seen.add(object) && ours) {
                seen.add(object.getClass());
                for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
                    addFields(object, type, next);
                }
            }
        }
        return seen;
    }

    private static void addFields(Object object, Class<?> type, Deque<Object> next) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (type.getName().startsWith("io.mapae") && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                Object value = field.get(Modifier.isStatic(field.getModifiers()) ? null : object);
                if (value != null) {
                    next.add(value);
                }
            }
        }
    }
}

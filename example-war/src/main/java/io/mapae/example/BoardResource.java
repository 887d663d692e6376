package io.mapae.example;

import io.mapae.jaxrs.Scopes;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A board: posts are listed, read, written, each a text in UTF-8, and taken down. */
@Path("boards")
@Scopes("board:read")
@Produces(MediaType.APPLICATION_JSON)
public final class BoardResource {
    static final int MAX_BYTES = 2000;

    private final Services services;

    public BoardResource(@Context ServletContext application) {
        services = Services.of(application);
    }

    @GET
    public Posts list() {
        return new Posts(services.board().posts());
    }

    @GET
    @Path("{id: \\d{1,18}}")
    public Post read(@PathParam("id") long id) {
        return services.board().post(id).orElseThrow(NotFoundException::new);
    }

    @POST
    @Scopes("board:write")
    @Consumes(MediaType.TEXT_PLAIN)
    public Response write(
            InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable MediaType type,
            @Context SecurityContext caller,
            @Context UriInfo uri)
            throws IOException {
        String charset = type == null ? "" : type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "UTF-8");
        if (!charset.equalsIgnoreCase("UTF-8")) {
            throw Problem.of(Status.UNSUPPORTED_MEDIA_TYPE, "a post is text/plain in UTF-8");
        }
        byte[] bytes = body.readNBytes(MAX_BYTES + 1); // whatever its Content-Length says
        if (bytes.length > MAX_BYTES) {
            throw Problem.of(Status.REQUEST_ENTITY_TOO_LARGE, "a post has at most " + MAX_BYTES + " bytes");
        }
        String text = text(bytes);
        Post post = services.board().add(services.authors().name(caller.getUserPrincipal()), text);
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(Long.toString(post.id()))
                        .build())
                .entity(post)
                .build();
    }

    @DELETE
    @Path("{id: \\d{1,18}}")
    @RolesAllowed("admin")
    @Scopes("board:write")
    public void delete(@PathParam("id") long id) {
        if (!services.board().remove(id)) {
            throw new NotFoundException();
        }
    }

    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder() // unlike the String constructor it reports what it cannot read
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (!text.isBlank()) {
                return text;
            }
        } catch (CharacterCodingException malformed) {
            // it is told what a post has to be, below
        }
        throw Problem.of(Status.BAD_REQUEST, "a post is not blank, and in UTF-8");
    }

    /** All of them, oldest first. */
    public record Posts(List<Post> posts) {}
}

package io.mapae.containers.matrix;

import io.mapae.containers.matrix.Product.Trait;
import java.util.Optional;

/** The rows of the table, in their order; the last one takes the application away from the others. */
enum Api {
    CONSTRAINT("`<security-constraint>`", Constraints::declared),
    SERVLET_SECURITY("`@ServletSecurity`", Constraints::annotated),
    PRINCIPAL("`getUserPrincipal()` is a `Caller`", Requests::principal),
    ROLES("`isUserInRole()`, also of `**`", Requests::roles),
    AUTH_TYPE("`getAuthType()`", Requests::authType),
    AUTHENTICATE("`authenticate()`", Requests::authenticate),
    LOGOUT("`logout()`", Requests::logout),
    LOGIN("`login()` beside `<login-config>`", Requests::login),
    LOGIN_CONTAINER("`login()` where there is none", Requests::loginContainer),
    BAD_TOKEN("bad token on a public path", Requests::badToken),
    ASYNC("`startAsync(request, response)`, `dispatch()`", Dispatches::async),
    ASYNC_ORIGINAL("`startAsync()`, `dispatch()`", Dispatches::asyncOriginal),
    ERROR("error pages", Dispatches::error),
    FORWARD("forward", Dispatches::forward),
    INCLUDE("include", Dispatches::include),
    FILTERS("filters before and behind", Dispatches::filters),
    WEBSOCKET("WebSocket handshake", WebSockets::handshake),
    WEBSOCKET_PRINCIPAL("WebSocket `getUserPrincipal()`", WebSockets::principal),
    JAXRS("JAX-RS `SecurityContext`", Trait.JERSEY, Enterprises::restContext),
    JAXRS_ROLES("JAX-RS `@RolesAllowed`", Trait.JERSEY, Enterprises::restRoles),
    EJB("EJB `getCallerPrincipal()`", Trait.ENTERPRISE, Enterprises::beanCaller),
    EJB_ROLES("EJB `@RolesAllowed`", Trait.ENTERPRISE, Enterprises::beanRoles),
    SECURITY("Jakarta Security `SecurityContext`", Trait.ENTERPRISE, Enterprises::security),
    KEEP_ALIVE("connection kept after 401", Connections::keptAfterRefusals),
    KEEP_ALIVE_CONSTRAINT("the same of a constraint", Connections::keptAfterConstraint),
    BASIC("BASIC users of the same application", Logins::basic),
    FORM("FORM users of the same application", Logins::form),
    COMPLETE("`metadata-complete`: filter", Requests::complete),
    COMPLETE_CONSTRAINT("`metadata-complete`: constraint", Constraints::complete),
    BYPASS_RULE("no way around a rule", Bypasses::rule),
    BYPASS_CONSTRAINT("no way around a constraint", Bypasses::constraint),
    ACCESS_LOG("access log names the caller", Connections::accessLog),
    WRONG("misspelt setting: the application does not start", Redeployments::wrong),
    REDEPLOYED("redeployed without Mapae: nothing left", Redeployments::nothingLeft);

    /** What a server has to be asked about an API. */
    interface Check {
        Findings of(Trial trial) throws Exception;
    }

    private final String title;
    private final Optional<Trait> needed;
    private final Check check;

    Api(String title, Check check) {
        this(title, Optional.empty(), check);
    }

    Api(String title, Trait needed, Check check) {
        this(title, Optional.of(needed), check);
    }

    Api(String title, Optional<Trait> needed, Check check) {
        this.title = title;
        this.needed = needed;
        this.check = check;
    }

    /** Its name in the table. */
    String title() {
        return title;
    }

    /** Servers with everything have JAX-RS too. */
    boolean isOf(Product product) {
        return needed.isEmpty() || product.has(needed.get()) || product.has(Trait.ENTERPRISE);
    }

    /** The text of the cell. */
    String ask(Trial trial) {
        try {
            return check.of(trial).text();
        } catch (Exception failure) {
            return new Findings()
                    .expect("failed: " + failure.getMessage(), false)
                    .text();
        }
    }
}

package io.mapae.containers.probe;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;

/** Constrained by annotation to a role that the caller has. */
@WebServlet("/for-users")
@ServletSecurity(@HttpConstraint(rolesAllowed = "user"))
public final class ForUsers extends Probe {}

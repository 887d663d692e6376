package io.mapae.containers.probe;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;

/** Constrained by annotation to a role that the caller lacks. */
@WebServlet("/for-admins")
@ServletSecurity(@HttpConstraint(rolesAllowed = "admin"))
public final class ForAdmins extends Probe {}

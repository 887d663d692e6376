package io.mapae.example;

import java.sql.SQLException;

/** The board's database does not do what it was asked. */
final class BoardOutOfReachException extends RuntimeException {
    BoardOutOfReachException(SQLException failed) {
        super("the board's database fails, SQLSTATE " + failed.getSQLState(), failed);
    }
}

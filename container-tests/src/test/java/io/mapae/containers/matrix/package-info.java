/** Which API of which server sees the caller. */
package io.mapae.containers.matrix;

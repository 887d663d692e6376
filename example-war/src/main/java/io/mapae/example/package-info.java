/** A small application as people write them: what it knows of tokens is the caller that its requests come with. */
@NullMarked
package io.mapae.example;

import org.jspecify.annotations.NullMarked;

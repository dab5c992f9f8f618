/** What a server says of itself beside its tables: who is at work, what was counted, what code it stores, what log it keeps. */
@NullMarked
package io.github.rowsleuth.server;

import org.jspecify.annotations.NullMarked;

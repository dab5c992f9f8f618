/** The probe SPI and the answers of its roles. Implemented by probe authors; the answers are built by them and read by everybody. */
@NullMarked
package io.github.rowsleuth.transaction;

import org.jspecify.annotations.NullMarked;
